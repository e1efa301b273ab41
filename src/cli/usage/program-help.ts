import type { Argv, FallbackCompletionFunction } from 'yargs';
import type { Host } from '../../model/host.js';
import { streamtuneVersion } from '../../process/streamtune-version.js';
import { programOf } from './as-called.js';

/** The width of the help. */
export function columnsOf({ err }: Host): number {
  return Math.min(100, err.columns);
}

/** Sets what all commands share, above all the help text. */
export function described(parser: Argv, typed: readonly string[], host: Host): Argv {
  return (
    parser
      .scriptName(nameIn(typed, host))
      .usage(
        '$0 <command>\n\nFinds out which settings of a Spark Structured Streaming job on Kafka matter.',
      )
      .completion(
        'completion',
        'Print a script for Bash or Zsh (as $SHELL says) that completes commands and options',
        fileNamesFirst,
      )
      .example('$0 setup', 'Install Spark, the Kafka connector and a broker into a cache')
      .example('$0 run experiments/quick.yaml', 'Everything from Kafka to the report')
      .example('$0 completion >> ~/.bashrc', 'Turn on completion for good; for Zsh use ~/.zshrc')
      .epilogue(
        'Exit codes: 0 fine, 1 failed trials or --fail-if, 2 usage or experiment file, 3 environment, 70 internal, 130 interrupted.',
      )
      // Values reach their rules as they are typed; a dot in an option's name is no path.
      .parserConfiguration({ 'populate--': true, 'parse-numbers': false, 'dot-notation': false })
      .demandCommand(1, 'Which command?')
      .strict()
      .wrap(columnsOf(host))
      .version(streamtuneVersion())
      .help()
      .alias('help', 'h')
      .locale('en')
      .exitProcess(false)
  );
}

/** The program's name in the help; its completion is for a program that is installed under its name. */
function nameIn(typed: readonly string[], host: Host): string {
  const completes = typed[0] === 'completion' || typed.includes('--get-yargs-completions');
  return completes ? 'streamtune' : programOf(host);
}

/** Completes options only after a dash; without completions, the shell offers file names. */
// eslint-disable-next-line max-params -- yargs recognises this kind of function by its four parameters
const fileNamesFirst: FallbackCompletionFunction = (current, _argv, complete, done) => {
  complete((_error, found = []) => {
    const real = found.filter((one) => !/^--\w(:|$)/.test(one)); // yargs offers -q as --q too
    done(real.filter((one) => current !== '' || !one.startsWith('-')));
  });
};
