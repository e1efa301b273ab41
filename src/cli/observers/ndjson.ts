import { appendFileSync, closeSync } from 'node:fs';
import { HarnessError, messageOf } from '../../model/harness-error.js';
import type { RunEvent, RunObserver } from '../../model/run/run-event.js';
import { trialsOf } from '../../model/trial/plan.js';
import { openForAppend } from '../../process/files/open-for-append.js';
import { count, plural } from '../../report/words/wording.js';

export interface EventFile extends RunObserver {
  /** The OUTPUT_LOST error if some events are not in the file, for the end of the run. */
  readonly lost: () => HarnessError | undefined;
}

/**
 * Appends every event of a run to a file for other programs, one JSON line each, as it happens. Throws
 * RESULTS_UNWRITABLE if the file cannot be written at the start; later write errors do not stop the run, whose journal
 * has the events, but are told at its end.
 */
export function ndjsonObserver(file: string, now: () => number): EventFile {
  const target = openFile(file);
  let [told, missing] = [0, 0];
  let problem: unknown;
  // After a write that broke off, the next line must not continue the broken one.
  let lineBreak = '';
  return {
    notify: (event) => {
      const line = JSON.stringify({ at: new Date(now()).toISOString(), ...plain(event) });
      told += 1;
      try {
        appendFileSync(target, `${lineBreak}${line}\n`);
        lineBreak = '';
      } catch (error) {
        missing += 1;
        problem = error;
        lineBreak = '\n';
      }
    },
    lost: () => (missing === 0 ? undefined : eventsLost({ file, told, missing, problem })),
    [Symbol.asyncDispose]: () => {
      closeSync(target);
      return Promise.resolve();
    },
  };
}

function openFile(file: string): number {
  try {
    return openForAppend(file);
  } catch (error) {
    throw new HarnessError({
      code: 'RESULTS_UNWRITABLE',
      message: `${file} cannot be written: ${messageOf(error)}.`,
      hint: 'Choose another file with --events.',
      cause: error,
    });
  }
}

/** A reader that has gone, of a pipe, wants no more events: nothing is lost. */
function eventsLost(given: {
  readonly file: string;
  readonly told: number;
  readonly missing: number;
  readonly problem: unknown;
}): HarnessError | undefined {
  const { file, told, missing, problem } = given;
  if ((problem as NodeJS.ErrnoException).code === 'EPIPE') return undefined;
  return new HarnessError({
    code: 'OUTPUT_LOST',
    message: `${count(missing)} of ${plural(told, 'event')} could not be written to ${file}: ${messageOf(problem)}.`,
    hint: 'The run itself is not affected: its journal and its reports are in its folder.',
    cause: problem,
  });
}

/** The event with ids instead of whole objects. */
function plain(event: RunEvent): object {
  switch (event.kind) {
    case 'step':
      return { kind: event.kind, text: event.text };
    case 'run-opened':
      return event;
    case 'block-decided': {
      const { kind, block } = event;
      const configurations = trialsOf({ blocks: [block] }).map((one) => one.configuration.id);
      return { kind, block: block.number, configurations };
    }
    case 'trial-started':
      return { kind: event.kind, trial: event.trial.id, position: event.position };
    case 'trial-progress': {
      const { kind, trial, batches, rowsPerSecond, position } = event;
      return { kind, trial: trial.id, batches, rowsPerSecond, position };
    }
    case 'trial-ended': {
      const { trial, outcome, wallMs, measurement } = event.ended;
      const rowsPerSecond = measurement?.rowsPerSecond ?? null;
      const { position } = event;
      return { kind: event.kind, trial: trial.id, outcome, wallMs, rowsPerSecond, position };
    }
    case 'run-ended':
      return { kind: event.kind, state: event.state };
  }
}
