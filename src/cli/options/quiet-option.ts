import type { Argv } from 'yargs';
import { tell, type CommandContext } from '../command-context.js';

/** Adds -q to a command that shows progress. */
export function quietOption<T>(yargs: Argv<T>) {
  return yargs.option('quiet', {
    alias: 'q',
    type: 'boolean',
    default: false,
    describe: 'Show no progress, only results, warnings and errors',
  });
}

/** Says a step of work under way, unless that is to be quiet. */
export function stepTeller(context: CommandContext, quiet: boolean): (text: string) => void {
  return (text) => {
    if (!quiet) tell(context, text);
  };
}
