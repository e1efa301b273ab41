import type { Argv } from 'yargs';
import { runOnFinish } from '../app/on-finish.js';
import type { RunEvent } from '../app/run-event.js';
import type { RunResult } from '../app/open-run.js';
import { exitCodes } from '../model/error-catalogue.js';
import { renderTerminal } from '../report/terminal-table.js';
import type { Assignment } from '../model/knob.js';
import { eventStream } from './event-stream.js';
import { liveDisplay } from './live-display.js';
import { print, tell, type Session } from './session.js';

/** Adds the options by which others watch a run. */
export function watchOptions<T>(yargs: Argv<T>) {
  return yargs
    .option('events', {
      type: 'string',
      describe: 'Append every event to this file, one JSON line each, for programs',
    })
    .option('on-finish', {
      type: 'boolean',
      default: false,
      describe: 'Run the command that stands after -- at the end, however it comes',
    });
}

interface Watching {
  readonly events?: string | undefined;
  readonly onFinish: boolean;
  /** What stands after `--`. */
  readonly '--'?: readonly string[];
}

/** Runs or resumes a run: shows it, streams its events, prints its table, and tells whoever wants to hear of its end. */
export async function watchedRun(
  session: Session,
  watching: Watching & { readonly baseline: Assignment },
  run: (onEvent: (event: RunEvent) => void) => Promise<RunResult>,
): Promise<void> {
  const { host } = session;
  const show = liveDisplay(host.err, watching.baseline);
  const stream = watching.events === undefined ? undefined : eventStream(watching.events, host.now);
  let folder: string | undefined;
  let failure: unknown;
  try {
    const result = await run((event) => {
      if (event.kind === 'run-opened') folder = event.folder;
      show(event);
      stream?.(event);
    });
    const { folder: at, model } = result;
    print(session, renderTerminal(model));
    tell(session, `Report: ${at}/report.md   Answers: ${at}/answers.md`);
    if (model.run.trials.some((record) => record.outcome.kind !== 'succeeded')) {
      session.exitCode = exitCodes.failedTrials;
    }
  } catch (error) {
    failure = error;
  }
  const { exitCode } = session;
  const problem = await runOnFinish(watching.onFinish ? (watching['--'] ?? []) : [], {
    host,
    exitCode,
    error: failure,
    folder,
  });
  if (problem !== undefined) tell(session, `--on-finish: ${problem}`);
  if (failure !== undefined) throw failure as Error;
}
