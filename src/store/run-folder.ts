import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { trialsFolder } from './trial-folder.js';
import { HarnessError } from '../model/harness-error.js';
import { fileProblem } from '../process/files/file-problem.js';
import { makeFolder } from '../process/files/make-folder.js';

/**
 * Creates `ROOT/YYYY-MM-DDTHH-MM-SS-NAME`, accessible to its owner only, and returns its path. A second run in the same
 * second gets `-2`, and so on. Throws RESULTS_UNWRITABLE.
 */
export async function createRunFolder(
  root: string,
  name: string,
  startedAt: number,
): Promise<string> {
  try {
    await makeFolder(root);
  } catch (error) {
    throw unwritable(root, error);
  }
  const stamp = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  for (let attempt = 1; ; attempt += 1) {
    const suffix = attempt === 1 ? '' : `-${String(attempt)}`;
    const folder = join(root, `${stamp}-${name}${suffix}`);
    try {
      await mkdir(folder, { mode: 0o700 });
      await mkdir(trialsFolder(folder), { mode: 0o700 });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt >= 100)
        throw unwritable(folder, error);
    }
  }
}

function unwritable(folder: string, cause: unknown): HarnessError {
  return new HarnessError({
    code: 'RESULTS_UNWRITABLE',
    message: `${folder} cannot be created: ${fileProblem(cause).text}.`,
    hint: 'Choose a writable folder with --results.',
    cause,
  });
}

/** Removes the folder of a run that ended before its first trial: it holds nothing to read. */
export async function removeIfNothingRan(folder: string): Promise<void> {
  const trials = await readdir(trialsFolder(folder)).catch(() => []);
  if (trials.length === 0) await rm(folder, { recursive: true, force: true });
}

/** The copy of a simulated run's model. */
export function simulationFile(folder: string): string {
  return join(folder, 'simulation.yaml');
}

/** The experiment file as it was when the run began. */
export function experimentFile(folder: string): string {
  return join(folder, 'experiment.yaml');
}

/** The file that identifies the owner of a run folder, by pid and start time. */
export function lockFileOf(folder: string): string {
  return join(folder, 'run.lock');
}
