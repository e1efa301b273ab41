import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCanaryLines } from '../measure/canary.js';
import type { StoredTrial } from '../model/trial/ended-trial.js';
import type { TrialEvidence } from '../model/trial/executor.js';
import type { Trial } from '../model/trial/plan.js';
import { writeFileSafely } from '../process/write-file-safely.js';
import { parseProgressText } from '../progress/listener-file.js';

/** Creates the trial's empty folder, removing the remains of an unfinished try. */
export async function createTrialFolder(runFolder: string, trial: Trial): Promise<void> {
  const folder = trialFolder(runFolder, trial);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}

/** Returns `RUN/trials/ID`. */
export function trialFolder(runFolder: string, { id }: Trial): string {
  return join(runFolder, 'trials', id);
}

/** Writes `outcome.json`, for people and for readers without the journal. `endedAt`: ISO 8601, UTC. */
export async function writeOutcome(
  runFolder: string,
  trial: Trial,
  stored: StoredTrial & { readonly endedAt: string },
): Promise<void> {
  const file = join(trialFolder(runFolder, trial), 'outcome.json');
  const text = `${JSON.stringify(stored, null, 2)}\n`;
  await writeFileSafely(file, text, { flush: false }); // the journal has it
}

/** Reads how a trial ended from its own folder; undefined if it has not. */
export async function readOutcome(
  runFolder: string,
  trial: Trial,
): Promise<StoredTrial | undefined> {
  const text = await readOptional(join(trialFolder(runFolder, trial), 'outcome.json'));
  return text === undefined ? undefined : (JSON.parse(text) as StoredTrial);
}

/** Reads a trial's progress events and canary readings; torn lines are skipped. */
export async function readEvidence(
  runFolder: string,
  trial: Trial,
): Promise<Pick<TrialEvidence, 'events' | 'canary'>> {
  const textOf = async (name: string) =>
    (await readOptional(join(trialFolder(runFolder, trial), name))) ?? '';
  return {
    events: parseProgressText(await textOf('progress.ndjson')),
    canary: parseCanaryLines((await textOf('canary.ndjson')).split('\n')),
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
