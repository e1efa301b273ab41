import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { exitCodes } from '../model/error-catalogue.js';
import { interrupted } from '../model/harness-error.js';
import type { Assignment } from '../model/knob.js';
import type { RunObserver } from '../model/run/run-event.js';
import { renderTerminal } from '../report/terminal-table.js';
import type { FinishedRun } from '../run/run-options.js';
import { print, tell, type CommandContext } from './command-context.js';
import { allObservers } from './observers/all-observers.js';
import { ndjsonObserver } from './observers/ndjson.js';
import { terminalObserver } from './observers/terminal.js';
import { runOnFinish } from './on-finish.js';
import { quietOption } from './options/quiet-option.js';

/** Adds the options for following a run from outside. */
export function watchOptions<T>(yargs: Argv<T>) {
  return quietOption(yargs)
    .option('events', {
      type: 'string',
      describe: 'Append every event to this file as a line of JSON, for other programs',
    })
    .option('on-finish', {
      type: 'boolean',
      default: false,
      describe: 'Run the command given after -- at the end, however the run ends',
    });
}

interface Watching {
  readonly quiet: boolean;
  readonly events?: string | undefined;
  readonly onFinish: boolean;
  /** The arguments after `--`. */
  readonly '--'?: readonly string[];
  readonly baseline: Assignment;
}

/** Starts or resumes a run, shows its progress, streams its events, prints its table, and runs --on-finish. */
export async function watchedRun(
  context: CommandContext,
  watching: Watching,
  run: (observer: RunObserver) => Promise<FinishedRun>,
): Promise<void> {
  const { host } = context;
  let folder: string | undefined;
  let failure: unknown;
  try {
    if (host.signal.aborted) throw interrupted();
    await using observer = allObservers([
      notesFolder((path) => (folder = path)),
      ...(watching.quiet ? [] : [terminalObserver(host.err, watching.baseline)]),
      ...(watching.events === undefined
        ? []
        : [ndjsonObserver(resolve(host.cwd, watching.events), host.now)]),
    ]);
    showResult(context, await run(observer));
  } catch (error) {
    failure = error;
  }
  const { exitCode } = context;
  const command = watching.onFinish ? (watching['--'] ?? []) : [];
  const problem = await runOnFinish(command, { host, exitCode, error: failure, folder });
  if (problem !== undefined) tell(context, `--on-finish: ${problem}`);
  if (failure !== undefined) throw failure as Error;
}

function showResult(context: CommandContext, { folder, model, nothingLeft }: FinishedRun): void {
  if (nothingLeft === true) {
    tell(
      context,
      `The run is complete: nothing is left to do. See it: streamtune report ${folder}`,
    );
    return;
  }
  print(context, renderTerminal(model));
  tell(context, `Report: ${folder}/report.md   Answers: ${folder}/answers.md`);
  if (model.run.trials.some(({ outcome }) => outcome.kind !== 'succeeded')) {
    context.exitCode = exitCodes.failedTrials;
  }
}

function notesFolder(note: (path: string) => void): RunObserver {
  return {
    notify: (event) => {
      if (event.kind === 'run-opened') note(event.folder);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
