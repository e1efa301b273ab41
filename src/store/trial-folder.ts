import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialEnd } from '../model/journal-event.js';
import type { Trial } from '../model/plan.js';
import { writeFileSafely } from './write-file-safely.js';

/** What `outcome.json` holds, for people and for readers without the journal. */
interface StoredOutcome extends TrialEnd {
  /** ISO 8601, UTC. */
  readonly endedAt: string;
}

/** Older runs kept less. */
type Written = Omit<StoredOutcome, 'machine' | 'offered'> & Partial<StoredOutcome>;

/** Makes the trial's empty folder and returns its path. What a broken-off try of it has left is removed. */
export async function createTrialFolder(runFolder: string, trial: Trial): Promise<string> {
  const folder = trialFolder(runFolder, trial.id);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/** `RUN/trials/ID`. */
function trialFolder(runFolder: string, id: string): string {
  return join(runFolder, 'trials', id);
}

export async function writeOutcome(folder: string, stored: StoredOutcome): Promise<void> {
  const text = `${JSON.stringify(stored, null, 2)}\n`;
  await writeFileSafely(join(folder, 'outcome.json'), text, { flush: false }); // the journal has it
}

/** How a trial ended, from its own folder; undefined as long as it has not. */
export async function readOutcome(runFolder: string, { id }: Trial): Promise<TrialEnd | undefined> {
  const text = await readOptional(join(trialFolder(runFolder, id), 'outcome.json'));
  return text === undefined
    ? undefined
    : { machine: null, offered: null, ...(JSON.parse(text) as Written) };
}

/** The progress and canary lines that a trial left, torn ones too. */
export async function readTrialLines(
  runFolder: string,
  { id }: Trial,
): Promise<{ readonly progressLines: string[]; readonly canaryLines: string[] }> {
  const linesOf = async (file: string) =>
    ((await readOptional(join(trialFolder(runFolder, id), file))) ?? '')
      .split('\n')
      .filter((line) => line !== '');
  return {
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
