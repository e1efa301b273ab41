import { HarnessError } from '../model/harness-error.js';
import { readRegularFile, UnreadableFile } from '../process/files/read-regular-file.js';

/** The RUN_DAMAGED error. `what`: a clause about the file. */
export function runDamaged(file: string, what: string, cause?: unknown): HarnessError {
  const denied = cause instanceof UnreadableFile && cause.problem === 'denied';
  return new HarnessError({
    code: 'RUN_DAMAGED',
    message: `${file}: ${what}.`,
    hint: denied
      ? 'Give yourself the right to read the run folder.'
      : 'Put back the file as the run wrote it. Without it nobody can tell what was measured: run the experiment again.',
    cause,
  });
}

/** Reads a file that a run must have. Throws RUN_DAMAGED. */
export async function readStoredFile(file: string): Promise<string> {
  try {
    return await readRegularFile(file);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw runDamaged(file, error.message, error);
  }
}

/** Parses a file of a run. Throws RUN_DAMAGED. */
export function parseStored(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw runDamaged(file, text === '' ? 'it is empty' : 'it is not JSON', error);
  }
}
