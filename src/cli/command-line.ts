import yargs, { type Argv } from 'yargs';
import { exitCodes, type ExitCode } from '../model/error-catalogue.js';
import type { Host } from '../model/host.js';
import type { CommandContext } from './command-context.js';
import { commandsFor } from './command-list.js';
import { givenProblem, repeatedProblem } from './options/given-problem.js';
import { commandOf, knownCommands, type KnownCommand } from './usage/command-tree.js';
import { hasExamples, withWholeExamples } from './usage/help-examples.js';
import { columnsOf, described } from './usage/program-help.js';
import { refuseUnknownCommand } from './usage/unknown-command.js';
import { usageError } from './usage/usage-error.js';

/** Parses the arguments, runs the command and returns its exit code. Throws HarnessError. */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<ExitCode> {
  const context: CommandContext = { host, exitCode: exitCodes.ok };
  const typed = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  const modules = await commandsFor(typed, context);
  const known = [...knownCommands(modules), completionCommand];
  refuseUnknownCommand(typed, known);
  const refusal = (message: string) => {
    const options = parser.parsed === false ? [] : Object.keys(parser.parsed.aliases);
    return usageError(message, { typed, command: commandOf(typed, known), options });
  };
  const parser: Argv = modules.reduce(
    (so, module) => so.command(module),
    described(yargs(), typed, host)
      .middleware((parsed) => {
        const problem = isNoCall(typed) ? undefined : repeatedProblem(parsed, typed);
        if (problem !== undefined) throw refusal(problem);
      }, true)
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
  const help = await outputOf(parser, typed);
  if (help === '') return context.exitCode;
  const unwrapped = hasExamples(help) ? await outputOf(parser.wrap(null), typed) : '';
  host.out.write(`${withWholeExamples(help, unwrapped, columnsOf(host))}\n`);
  return context.exitCode;
}

/** Parses a line, which runs its command, or returns what yargs has to say in its place. */
async function outputOf(parser: Argv, typed: readonly string[]): Promise<string> {
  let text = '';
  await parser.parseAsync([...typed], {}, (_error, _arguments, output) => {
    text = output;
  });
  return text;
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
