import yargs, { type Argv, type CommandModule, type FallbackCompletionFunction } from 'yargs';
import { streamtuneVersion } from '../process/streamtune-version.js';
import { exitCodes, type ExitCode } from '../model/error-catalogue.js';
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
import { programOf } from './usage/as-called.js';
import type { CommandContext } from './command-context.js';
import { statusCommand } from './commands/status.js';
import { submitCommand } from './commands/job/submit.js';
import { runsCommand } from './commands/stored/runs.js';
import { setupCommand } from './commands/setup.js';
import { topicCommand } from './commands/topic.js';
import { givenProblem } from './options/given-problem.js';
import { commandOf, knownCommands, type KnownCommand } from './usage/command-tree.js';
import { refuseUnknownCommand } from './usage/unknown-command.js';
import { usageError } from './usage/usage-error.js';

/** Every command, in help order. */
const commands: readonly ((context: CommandContext) => CommandModule)[] = [
  setupCommand,
  doctorCommand,
  runCommand,
  planCommand,
  lintCommand,
  knobsCommand,
  runsCommand,
  resumeCommand,
  statusCommand,
  reportCommand,
  answersCommand,
  generateCommand,
  submitCommand,
  kafkaCommand,
  topicCommand,
  produceCommand,
  consumeCommand,
];

/** Parses the arguments, runs the command and returns its exit code. Throws HarnessError. */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<ExitCode> {
  const context: CommandContext = { host, exitCode: exitCodes.ok };
  const modules = commands.map((command) => command(context));
  const known = [...knownCommands(modules), completionCommand];
  const typed = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  refuseUnknownCommand(typed, known);
  const refusal = (message: string) => {
    const options = parser.parsed === false ? [] : Object.keys(parser.parsed.aliases);
    return usageError(message, { typed, command: commandOf(typed, known), options });
  };
  const parser: Argv = modules.reduce(
    (so, module) => so.command(module),
    described(yargs().scriptName(nameIn(typed, host)), host)
      .middleware((parsed) => {
        const problem = givenProblem(parsed, typed, commandOf(typed, known)?.arguments);
        if (problem !== undefined) throw refusal(problem);
      })
      .fail((message: string | null, error: Error | undefined) => {
        // What a handler throws is passed on; yargs' own errors, and those of an option's rule, are the user's.
        if (error !== undefined && error.name !== 'YError') throw error;
        if (isNoCall(typed)) return;
        throw refusal(message ?? error?.message ?? '');
      }),
  );
  const help = { text: '' };
  await parser.parseAsync([...typed], {}, (_error, _arguments, output) => {
    help.text = output;
  });
  if (help.text !== '') host.out.write(`${help.text}\n`);
  return context.exitCode;
}

/** Whether a line asks for help, or is still being typed; then its mistakes do not matter. */
function isNoCall(typed: readonly string[]): boolean {
  const end = typed.indexOf('--');
  return typed
    .slice(0, end < 0 ? undefined : end)
    .some((word) => ['--help', '-h', '--get-yargs-completions'].includes(word));
}

/** Made by yargs. */
const completionCommand: KnownCommand = {
  name: 'completion',
  needs: [],
  arguments: [],
  isGroup: false,
};

/** The program's name in the help; its completion is for a program that is installed under its name. */
function nameIn(typed: readonly string[], host: Host): string {
  const completes = typed[0] === 'completion' || typed.includes('--get-yargs-completions');
  return completes ? 'streamtune' : programOf(host);
}

/** Sets what all commands share, above all the help text. */
function described(parser: Argv, host: Host): Argv {
  return (
    parser
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
      .wrap(Math.min(100, host.err.columns))
      .version(streamtuneVersion())
      .help()
      .alias('help', 'h')
      .locale('en')
      .exitProcess(false)
  );
}

/** Completes options only after a dash; without completions, the shell offers file names. */
// eslint-disable-next-line max-params -- yargs recognises this kind of function by its four parameters
const fileNamesFirst: FallbackCompletionFunction = (current, _argv, complete, done) => {
  complete((_error, found = []) => {
    const real = found.filter((one) => !/^--\w(:|$)/.test(one)); // yargs offers -q as --q too
    done(real.filter((one) => current !== '' || !one.startsWith('-')));
  });
};
