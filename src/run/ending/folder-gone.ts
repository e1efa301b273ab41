import { existsSync } from 'node:fs';
import { HarnessError } from '../../model/harness-error.js';

/** The error that ended a run: RUN_FOLDER_GONE if its folder is no longer there, which explains any other one. */
export function whyItEnded(folder: string, error: unknown): unknown {
  const asked = error instanceof HarnessError && error.code === 'INTERRUPTED';
  if (asked || existsSync(folder)) return error;
  return new HarnessError({
    code: 'RUN_FOLDER_GONE',
    message: `${folder} was removed during the run, so the run ends here.`,
    hint: 'Nothing is left running. What was measured is lost: run the experiment again.',
    cause: error,
  });
}
