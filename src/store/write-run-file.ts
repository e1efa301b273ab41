import { HarnessError } from '../model/harness-error.js';
import { fileProblem } from '../process/files/file-problem.js';
import { writeFileSafely } from '../process/files/write-file-safely.js';

/** Writes a file of a run as a whole. Throws DISK_FULL and RESULTS_UNWRITABLE. */
export async function writeRunFile(
  file: string,
  content: string,
  options?: { readonly flush: boolean },
): Promise<void> {
  try {
    await writeFileSafely(file, content, options);
  } catch (error) {
    throw error instanceof HarnessError ? error : unwritable(file, error);
  }
}

/** The RESULTS_UNWRITABLE error for a path of a run. */
export function unwritable(path: string, cause: unknown): HarnessError {
  return new HarnessError({
    code: 'RESULTS_UNWRITABLE',
    message: `${path} cannot be written: ${fileProblem(cause).text}.`,
    hint: 'Give yourself the right to write the run folder, or work on a copy of it.',
    cause,
  });
}
