import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCanaryLines } from '../measure/canary.js';
import type { TrialEvidence } from '../model/trial/executor.js';
import type { EvidenceHashes } from '../model/trial/ended-trial.js';
import type { Trial } from '../model/trial/plan.js';
import { UnreadableFile } from '../process/files/read-regular-file.js';
import { readRegularNow, sha256Now } from '../process/files/read-regular-now.js';
import { parseProgressText } from '../progress/listener-file.js';
import { parseQueryResults, queryResultsName } from '../spark/query-results.js';
import { parseSessionRecord, sessionRecordName } from '../spark/session-record.js';
import { parseUnfitRecord, unfitRecordName } from '../spark/unfit-record.js';
import { parseScriptRecord, scriptRecordName } from '../spark/script-record.js';
import { runDamaged } from './run-damaged.js';
import { trialFolder } from './trial-folder.js';

/** The files that a trial's figures and judgement rest on. */
const evidenceFiles = [
  'progress.ndjson',
  'canary.ndjson',
  'effective-conf.json',
  scriptRecordName,
  queryResultsName,
  sessionRecordName,
  unfitRecordName,
] as const;
type EvidenceFile = (typeof evidenceFiles)[number];

/**
 * Flushes the evidence of a trial that has just ended to disk, and returns its hashes for the journal: after a power
 * cut, what the journal names is there.
 */
export async function sealEvidence(runFolder: string, trial: Trial): Promise<EvidenceHashes> {
  const hashes: Record<string, string> = {};
  for (const name of evidenceFiles) {
    const file = join(trialFolder(runFolder, trial), name);
    const content = readOptional(file);
    if (content === undefined) continue;
    await using handle = await open(file, 'r');
    await handle.sync();
    hashes[name] = hashOf(content);
  }
  return hashes;
}

/** The files of a trial that are as they were when it ended. */
export interface CheckedEvidence extends Pick<
  TrialEvidence,
  'script' | 'results' | 'session' | 'unfit'
> {
  /** Parses its progress events and canary readings; torn lines are skipped. */
  readonly batches: () => Pick<TrialEvidence, 'events' | 'canary'>;
}

/**
 * Reads what a trial's figures rest on. What its script asked for and what its queries wrote is parsed at once, its batches
 * when they are asked for. Throws RUN_DAMAGED with the file that is not as it was when the trial ended; those of its batches
 * are checked at once if they are not wanted, and else as they are read.
 */
export function readEvidence(
  { runFolder, trial }: { readonly runFolder: string; readonly trial: Trial },
  hashes: EvidenceHashes,
  { wantsBatches = true } = {},
): CheckedEvidence {
  const fileOf = (name: EvidenceFile) => join(trialFolder(runFolder, trial), name);
  const read = (name: EvidenceFile) => readSealed(fileOf(name), hashes[name]);
  const check = (name: EvidenceFile) => {
    checkSealed(fileOf(name), hashes[name]);
    return noContent;
  };
  const batches = wantsBatches ? read : check;
  const progress = batches('progress.ndjson');
  const canary = batches('canary.ndjson');
  check('effective-conf.json');
  const script = parseScriptRecord(read(scriptRecordName).toString('utf8'));
  const session = parseSessionRecord(read(sessionRecordName).toString('utf8'));
  const unfit = parseUnfitRecord(read(unfitRecordName).toString('utf8'));
  const results = parseQueryResults(read(queryResultsName).toString('utf8'));
  return {
    batches: () => ({
      events: parseProgressText(progress.toString('utf8')),
      canary: parseCanaryLines(canary.toString('utf8').split('\n')),
    }),
    ...(script === undefined ? {} : { script }),
    ...(results === undefined ? {} : { results }),
    ...(session === undefined ? {} : { session }),
    ...(unfit === undefined ? {} : { unfit }),
  };
}

const noContent = Buffer.alloc(0);

/** The content of a file with this hash; empty where there was and is no file. */
function readSealed(file: string, hash: string | undefined): Buffer {
  const content = hash === undefined ? undefined : readOptional(file);
  checkHash(file, hash, content === undefined ? undefined : hashOf(content));
  return content ?? noContent;
}

function checkSealed(file: string, hash: string | undefined): void {
  checkHash(file, hash, hash === undefined ? undefined : optional(sha256Now, file));
}

/** `found`: of the file as it is, if it was there when the trial ended and still is. */
function checkHash(file: string, hash: string | undefined, found: string | undefined): void {
  if (hash === undefined) {
    if (existsSync(file)) throw runDamaged(file, 'it was not there when the trial ended');
    return;
  }
  if (found === undefined) throw runDamaged(file, 'it was removed after the trial');
  if (found !== hash) throw runDamaged(file, 'it was changed after the trial');
}

function readOptional(file: string): Buffer | undefined {
  return optional(readRegularNow, file);
}

/** What reading a file gives; undefined without the file. */
function optional<T>(read: (file: string) => T, file: string): T | undefined {
  try {
    return read(file);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.problem === 'missing') return undefined;
    throw runDamaged(file, error.message, error);
  }
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
