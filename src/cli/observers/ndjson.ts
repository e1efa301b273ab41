import { appendFileSync, closeSync } from 'node:fs';
import { HarnessError, messageOf } from '../../model/harness-error.js';
import type { RunEvent, RunObserver } from '../../model/run/run-event.js';
import { openForAppend } from '../../process/files/open-for-append.js';

/**
 * Appends every event of a run to a file for other programs, one JSON line each, as it happens. Throws
 * RESULTS_UNWRITABLE if the file cannot be written at the start; later write errors do not stop the run.
 */
export function ndjsonObserver(file: string, now: () => number): RunObserver {
  let target: number;
  try {
    target = openForAppend(file);
  } catch (error) {
    throw new HarnessError({
      code: 'RESULTS_UNWRITABLE',
      message: `${file} cannot be written: ${messageOf(error)}.`,
      hint: 'Choose another file with --events.',
      cause: error,
    });
  }
  return {
    notify: (event) => {
      const line = JSON.stringify({ at: new Date(now()).toISOString(), ...plain(event) });
      try {
        appendFileSync(target, `${line}\n`);
      } catch {
        // the journal has it; on a full disk, the writes that matter report it
      }
    },
    [Symbol.asyncDispose]: () => {
      closeSync(target);
      return Promise.resolve();
    },
  };
}

/** The event with ids instead of whole objects. */
function plain(event: RunEvent): object {
  switch (event.kind) {
    case 'step':
    case 'run-opened':
      return event;
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
  }
}
