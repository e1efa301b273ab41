import { HarnessError } from '../model/harness-error.js';
import { tell, type CommandContext } from './command-context.js';

/**
 * Writes files whose content has been printed already, and tells what `write` returns, if it does. A folder that cannot be written
 * is told too, and is no error: the caller has seen what was asked for.
 */
export async function writeIfPossible(
  context: CommandContext,
  write: () => Promise<string | undefined>,
): Promise<void> {
  try {
    const text = await write();
    if (text !== undefined) tell(context, text);
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'RESULTS_UNWRITABLE') throw error;
    tell(context, `Not written: ${error.message}`);
  }
}
