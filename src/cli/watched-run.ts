import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { exitCodes } from '../model/error-catalogue.js';
import { HarnessError, interrupted, messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Assignment } from '../model/knob.js';
import type { ReportModel } from '../model/run/report-model.js';
import type { RunObserver } from '../model/run/run-event.js';
import { isFree } from '../kafka/broker/free-port.js';
import type { FinishedRun } from '../run/run-options.js';
import { portTaken } from '../serve/port-taken.js';
import { tell, type CommandContext } from './command-context.js';
import { allObservers } from './observers/all-observers.js';
import { ndjsonObserver, type EventFile } from './observers/ndjson.js';
import { pageObserver } from './observers/page.js';
import { terminalObserver } from './observers/terminal.js';
import { runOnFinish } from './on-finish.js';
import { quietOption } from './options/quiet-option.js';
import { port } from './options/rules.js';
import { optional } from './options/value-rule.js';
import { asCalled } from './usage/as-called.js';
import { resultOptions, type ResultWishes } from './results/result-options.js';
import { tellFiles } from './results/tell-files.js';
import { showResult, writeExports } from './results/show-result.js';

/** Adds the options for following a run from outside, and for its result. */
export function watchOptions<T>(yargs: Argv<T>) {
  return resultOptions(quietOption(yargs))
    .option('events', {
      type: 'string',
      describe: 'Append every event to this file as a line of JSON, for other programs',
    })
    .option('serve', {
      type: 'boolean',
      default: false,
      describe: 'Show the run in the browser while it goes on; prints the address',
    })
    .option(
      'serve-port',
      optional('--serve-port', port, { describe: 'Show it at this port (default: a free one)' }),
    )
    .option('on-finish', {
      type: 'boolean',
      default: false,
      describe: 'Run the command given after -- at the end, however the run ends',
    });
}

interface Watching {
  readonly quiet: boolean;
  readonly events?: string | undefined;
  readonly serve: boolean;
  readonly servePort?: number | undefined;
  readonly onFinish: boolean;
  /** The arguments after `--`. */
  readonly '--'?: readonly string[];
  readonly baseline: Assignment;
  readonly wishes: ResultWishes;
}

/** Starts or resumes a run, shows its progress, streams its events, prints its table, and runs --on-finish. */
export async function watchedRun(
  context: CommandContext,
  watching: Watching,
  run: (observer: RunObserver) => Promise<FinishedRun>,
): Promise<void> {
  const { host } = context;
  const events: EventFile[] = [];
  const noted: Noted = { folder: undefined, model: undefined };
  let failure: unknown;
  try {
    await refuseEarly(watching, host);
    if (watching.events !== undefined) {
      events.push(ndjsonObserver(resolve(host.cwd, watching.events), host.now));
    }
    const terminal = terminalOf(watching, host);
    await using observer = allObservers([
      notes(noted),
      ...(watching.quiet ? [] : [terminal]),
      ...events,
      ...(watching.serve ? [pageOf(watching, host, terminal)] : []),
    ]);
    const finished = await run(observer).catch(async (error: unknown) => {
      await exportPart(context, watching.wishes, noted.model);
      throw error;
    });
    await finish(context, watching.wishes, finished);
  } catch (error) {
    failure = error;
  }
  for (const lost of events.map((one) => one.lost())) {
    if (failure === undefined) failure = lost;
    else if (lost !== undefined) tell(context, lost.message);
  }
  const { exitCode } = context;
  const { folder } = noted;
  const command = watching.onFinish ? (watching['--'] ?? []) : [];
  const problem = await runOnFinish(command, { host, exitCode, error: failure, folder });
  if (problem !== undefined) tell(context, `--on-finish: ${problem}`);
  if (failure !== undefined) throw failure as Error;
}

function terminalOf({ baseline, quiet }: Watching, { err, now }: Host): RunObserver {
  return terminalObserver(err, baseline, quiet ? undefined : now);
}

/** The page of the run. Its address goes to the terminal alone: it lets in whoever reads it. */
function pageOf({ servePort }: Watching, host: Host, terminal: RunObserver): RunObserver {
  return pageObserver({
    ...{ host, port: servePort },
    tell: (text) => {
      terminal.notify({ kind: 'step', text: asCalled(text, host) });
    },
  });
}

/** Before anything starts: a night should not begin without the page that was asked for. */
async function refuseEarly({ serve, servePort }: Watching, host: Host): Promise<void> {
  if (host.signal.aborted) throw interrupted();
  if (servePort === undefined) return;
  if (!serve) {
    throw new HarnessError({
      code: 'USAGE',
      message: '--serve-port says where the page of --serve is, which is not asked for.',
      hint: 'Add --serve, or drop --serve-port.',
    });
  }
  if (!(await isFree(servePort))) throw portTaken(servePort);
}

async function finish(
  context: CommandContext,
  wishes: ResultWishes,
  { folder, model, nothingLeft }: FinishedRun,
): Promise<void> {
  const asked = wishes.json || wishes.exports.length > 0 || wishes.failIf.length > 0;
  if (nothingLeft === true && !asked) {
    tell(
      context,
      `The run is complete: nothing is left to do. See it: streamtune report ${folder}`,
    );
    return;
  }
  if (model.run.trials.some(({ outcome }) => outcome.kind !== 'succeeded')) {
    context.exitCode = exitCodes.failedTrials;
  }
  const after = () => {
    tellFiles(context, folder, { answers: true });
    return Promise.resolve();
  };
  await showResult(context, wishes, { model, after });
}

/** Writes the exports of a run that ended early, if a trial has ended; the error of the run comes first. */
async function exportPart(
  context: CommandContext,
  { exports }: ResultWishes,
  model: ReportModel | undefined,
): Promise<void> {
  if (model === undefined || model.run.trials.length === 0) return;
  await writeExports(exports, model).catch((error: unknown) => {
    tell(context, messageOf(error));
  });
}

/** What is known of a run that may end with an error. */
interface Noted {
  folder: string | undefined;
  model: ReportModel | undefined;
}

function notes(noted: Noted): RunObserver {
  return {
    notify: (event) => {
      if (event.kind === 'run-opened') noted.folder = event.folder;
      else if (event.kind === 'run-ended') noted.model = event.model;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
