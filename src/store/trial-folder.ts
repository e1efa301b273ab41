import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SealedTrial } from '../model/trial/ended-trial.js';
import type { Trial } from '../model/trial/plan.js';
import { UnreadableFile } from '../process/files/read-regular-file.js';
import { readRegularNow } from '../process/files/read-regular-now.js';
import { parseStored, runDamaged } from './run-damaged.js';
import { storedProblem } from './stored-schema.js';
import { writeRunFile } from './write-run-file.js';

/** The contents of `outcome.json`. */
type StoredOutcome = SealedTrial & {
  /** ISO 8601, UTC. */
  readonly endedAt: string;
};

/** Creates the trial's empty folder, removing the remains of an unfinished try. */
export async function createTrialFolder(runFolder: string, trial: Trial): Promise<void> {
  const folder = trialFolder(runFolder, trial);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}

/** Returns `RUN/trials`. */
export function trialsFolder(runFolder: string): string {
  return join(runFolder, 'trials');
}

/** Returns `RUN/trials/ID`. */
export function trialFolder(runFolder: string, { id }: Pick<Trial, 'id'>): string {
  return join(trialsFolder(runFolder), id);
}

/**
 * Writes `outcome.json`, for people and for readers without the journal. It is written after the journal's line, so
 * that where it is, the line must be.
 */
export async function writeOutcome(
  runFolder: string,
  trial: Trial,
  stored: StoredOutcome,
): Promise<void> {
  // Not flushed: the journal has it.
  await writeRunFile(outcomeFile(runFolder, trial), textOf(stored), { flush: false });
}

/** Whether a trial has ended, according to its own folder. */
export function hasOutcome(runFolder: string, trial: Trial): boolean {
  return existsSync(outcomeFile(runFolder, trial));
}

/** Reads how a trial ended from its own folder; undefined if it has not. Throws RUN_DAMAGED. */
export function readOutcome(runFolder: string, trial: Trial): SealedTrial | undefined {
  const file = outcomeFile(runFolder, trial);
  const text = readOptional(file);
  if (text === undefined) return undefined;
  const { endedAt: _endedAt, ...sealed } = parseOutcome(file, text);
  return sealed;
}

/**
 * Compares `outcome.json` with the journal's line. It may be missing or empty, as a power cut leaves it. Throws
 * RUN_DAMAGED.
 */
export function checkOutcome(runFolder: string, trial: Trial, journaled: SealedTrial): void {
  const file = outcomeFile(runFolder, trial);
  const text = readOptional(file);
  if (text === undefined || text.replaceAll('\0', '') === '') return;
  const endedAt = /"endedAt": "([^"]*)"\n}\n$/.exec(text)?.[1] ?? '';
  if (text === textOf({ ...journaled, endedAt })) return;
  parseOutcome(file, text); // says more, if it is not even an outcome
  throw runDamaged(file, 'it differs from the journal');
}

function parseOutcome(file: string, text: string): StoredOutcome {
  const stored = parseStored(file, text);
  const problem = storedProblem('outcome', stored);
  if (problem !== undefined) throw runDamaged(file, problem);
  return stored as StoredOutcome;
}

function textOf(stored: StoredOutcome): string {
  return `${JSON.stringify(stored, null, 2)}\n`;
}

function outcomeFile(runFolder: string, trial: Trial): string {
  return join(trialFolder(runFolder, trial), 'outcome.json');
}

function readOptional(file: string): string | undefined {
  try {
    return readRegularNow(file).toString('utf8');
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.problem === 'missing') return undefined;
    throw runDamaged(file, error.message, error);
  }
}
