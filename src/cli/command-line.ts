import yargs, { type Argv, type CommandModule, type FallbackCompletionFunction } from 'yargs';
import { streamtuneVersion } from '../process/streamtune-version.js';
import { exitCodes, type ExitCode } from '../model/error-catalogue.js';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { answersCommand } from './commands/answers.js';
import { consumeCommand } from './commands/consume.js';
import { doctorCommand } from './commands/doctor.js';
import { generateCommand } from './commands/generate.js';
import { kafkaCommand } from './commands/kafka.js';
import { knobsCommand } from './commands/knobs.js';
import { lintCommand } from './commands/lint.js';
import { planCommand } from './commands/plan.js';
import { produceCommand } from './commands/produce.js';
import { reportCommand } from './commands/report.js';
import { resumeCommand } from './commands/resume.js';
import { runCommand } from './commands/run.js';
import type { CommandContext } from './command-context.js';
import { statusCommand } from './commands/status.js';
import { setupCommand } from './commands/setup.js';
import { topicCommand } from './commands/topic.js';

/** Every command, in help order. */
const commands: readonly ((context: CommandContext) => CommandModule)[] = [
  setupCommand,
  doctorCommand,
  runCommand,
  planCommand,
  lintCommand,
  knobsCommand,
  resumeCommand,
  statusCommand,
  reportCommand,
  answersCommand,
  generateCommand,
  kafkaCommand,
  topicCommand,
  produceCommand,
  consumeCommand,
];

/** Parses the arguments, runs the command and returns its exit code. Throws HarnessError. */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<ExitCode> {
  const context: CommandContext = { host, exitCode: exitCodes.ok };
  const parser = commands.reduce(
    (known, command) => known.command(command(context)),
    described(yargs(), host),
  );
  const help = { text: '' };
  await parser.parseAsync([...argv], {}, (_error, _arguments, output) => {
    help.text = output;
  });
  if (help.text !== '') host.out.write(`${help.text}\n`);
  return context.exitCode;
}

/** Sets what all commands share: the help text, and how usage errors are handled. */
function described(parser: Argv, host: Host): Argv {
  return parser
    .scriptName('streamtune')
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
      'Exit codes: 0 fine, 1 failed trials, 2 usage or experiment file, 3 environment, 70 internal, 130 interrupted.',
    )
    .parserConfiguration({ 'populate--': true })
    .demandCommand(1, 'Which command?')
    .strict()
    .recommendCommands()
    .wrap(Math.min(100, host.err.columns))
    .version(streamtuneVersion())
    .help()
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? usageError(message ?? 'The command line is not valid.');
    });
}

/** Completes options only after a dash; without completions, the shell offers file names. */
// eslint-disable-next-line max-params -- yargs recognises this kind of function by its four parameters
const fileNamesFirst: FallbackCompletionFunction = (current, _argv, complete, done) => {
  complete((_error, found = []) => {
    done(found.filter((one) => current !== '' || !one.startsWith('-')));
  });
};

function usageError(message: string): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: message.replaceAll('\n', ' '),
    hint: 'See `streamtune --help` or `streamtune COMMAND --help`.',
  });
}
