import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineLoad } from '../model/machine-load.js';
import type { OfferedLoad } from '../model/offered-load.js';
import type { Outcome } from '../model/outcome.js';
import type { Trial } from '../model/plan.js';
import { writeFileSafely } from './write-file-safely.js';

/** What the store keeps of a trial that has ended, beside the files that the trial left. */
export interface StoredOutcome {
  readonly outcome: Outcome;
  readonly wallMs: number;
  /** ISO 8601, UTC. */
  readonly endedAt: string;
  readonly machine: MachineLoad | null;
  readonly offered: OfferedLoad | null;
}

/** Older runs kept less. */
type Written = Omit<StoredOutcome, 'machine' | 'offered'> & Partial<StoredOutcome>;

/** Makes the trial's empty folder and returns its path. */
export async function createTrialFolder(runFolder: string, trial: Trial): Promise<string> {
  const folder = trialFolder(runFolder, trial);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/** `RUN/trials/ID`. */
function trialFolder(runFolder: string, trial: Trial): string {
  return join(runFolder, 'trials', trial.id);
}

/** Marks the trial as ended; from now on every report counts it. */
export async function writeOutcome(folder: string, stored: StoredOutcome): Promise<void> {
  await writeFileSafely(join(folder, 'outcome.json'), `${JSON.stringify(stored, null, 2)}\n`);
}

/** What a trial left: its outcome, progress and canary lines; undefined as long as it has not ended. */
export async function readTrial(
  runFolder: string,
  trial: Trial,
): Promise<{ stored: StoredOutcome; progressLines: string[]; canaryLines: string[] } | undefined> {
  const folder = trialFolder(runFolder, trial);
  const text = await readOptional(join(folder, 'outcome.json'));
  if (text === undefined) return undefined;
  const linesOf = async (file: string) =>
    ((await readOptional(join(folder, file))) ?? '').split('\n').filter((line) => line !== '');
  return {
    stored: { machine: null, offered: null, ...(JSON.parse(text) as Written) },
    progressLines: await linesOf('progress.ndjson'),
    canaryLines: await linesOf('canary.ndjson'),
  };
}

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
