import { HarnessError } from '../model/harness-error.js';
import { tell, type CommandContext } from './command-context.js';

/**
 * Writes files whose content has been printed already, and tells what `write` returns. A folder that cannot be written
 * is told too, and is no error: the caller has seen what was asked for.
 */
export async function writeIfPossible(
  context: CommandContext,
  write: () => Promise<string>,
): Promise<void> {
  try {
    tell(context, await write());
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'RESULTS_UNWRITABLE') throw error;
    tell(context, `Not written: ${error.message}`);
  }
}
