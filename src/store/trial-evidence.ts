import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCanaryLines } from '../measure/canary.js';
import type { TrialEvidence } from '../model/trial/executor.js';
import type { EvidenceHashes } from '../model/trial/ended-trial.js';
import type { Trial } from '../model/trial/plan.js';
import { readRegularBytes, UnreadableFile } from '../process/files/read-regular-file.js';
import { parseProgressText } from '../progress/listener-file.js';
import { parseQueryResults, queryResultsName } from '../spark/query-results.js';
import { parseSessionRecord, sessionRecordName } from '../spark/session-record.js';
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
    const content = await readOptional(file);
    if (content === undefined) continue;
    await using handle = await open(file, 'r');
    await handle.sync();
    hashes[name] = hashOf(content);
  }
  return hashes;
}

/**
 * Reads a trial's progress events, canary readings, what its script asked for, and what its queries wrote; torn lines are
 * skipped. Throws RUN_DAMAGED with the file that is not as it was when the trial ended.
 */
export async function readEvidence(
  runFolder: string,
  trial: Trial,
  hashes: EvidenceHashes,
): Promise<Pick<TrialEvidence, 'events' | 'canary' | 'script' | 'results' | 'session'>> {
  const read = async (name: EvidenceFile) =>
    await readSealed(join(trialFolder(runFolder, trial), name), hashes[name]);
  const progress = await read('progress.ndjson');
  const canary = await read('canary.ndjson');
  await read('effective-conf.json');
  const script = parseScriptRecord(await read(scriptRecordName));
  const session = parseSessionRecord(await read(sessionRecordName));
  const results = parseQueryResults(await read(queryResultsName));
  return {
    events: parseProgressText(progress),
    canary: parseCanaryLines(canary.split('\n')),
    ...(script === undefined ? {} : { script }),
    ...(results === undefined ? {} : { results }),
    ...(session === undefined ? {} : { session }),
  };
}

/** The text of a file with this hash; empty where there was and is no file. */
async function readSealed(file: string, hash: string | undefined): Promise<string> {
  if (hash === undefined) {
    if (existsSync(file)) throw runDamaged(file, 'it was not there when the trial ended');
    return '';
  }
  const content = await readOptional(file);
  if (content === undefined) throw runDamaged(file, 'it was removed after the trial');
  if (hashOf(content) !== hash) throw runDamaged(file, 'it was changed after the trial');
  return content.toString('utf8');
}

async function readOptional(file: string): Promise<Buffer | undefined> {
  try {
    return await readRegularBytes(file);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.problem === 'missing') return undefined;
    throw runDamaged(file, error.message, error);
  }
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
