import type { Argv } from 'yargs';
import { liveLine } from '../observers/live-line.js';
import { lasting, spinner } from '../observers/spinner.js';
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

/** Says a step of work under way, unless that is to be quiet; on a terminal, with a sign of life until it is over. */
export function stepTeller(context: CommandContext, quiet: boolean) {
  const { err, now } = context.host;
  const screen = liveLine(err);
  const turning = spinner(screen, { isTTY: err.isTTY, now });
  const end = () => {
    turning.stop();
    screen.clear();
  };
  return {
    tell: (text: string, rest?: () => string) => {
      if (quiet) return;
      end();
      tell(context, text);
      turning.start(lasting(text, rest), rest);
    },
    /** The work is over: what follows is no part of it. */
    end,
    [Symbol.dispose]: end,
  };
}
