import { appendFileSync } from 'node:fs';
import type { RunEvent } from '../app/run-event.js';
import { HarnessError, messageOf } from '../model/harness-error.js';

/**
 * Writes every event of a run to a file for programs, one JSON line each, as soon as it happens. Throws
 * RESULTS_UNWRITABLE if the file cannot be written at its beginning; later losses do not stop a night.
 */
export function eventStream(file: string, now: () => number): (event: RunEvent) => void {
  try {
    appendFileSync(file, '');
  } catch (error) {
    throw new HarnessError({
      code: 'RESULTS_UNWRITABLE',
      message: `${file} cannot be written: ${messageOf(error)}.`,
      hint: 'Choose another file with --events.',
      cause: error,
    });
  }
  return (event) => {
    const line = JSON.stringify({ at: new Date(now()).toISOString(), ...plain(event) });
    try {
      appendFileSync(file, `${line}\n`);
    } catch {
      // the journal has it; a full disk is found by those who must have their bytes
    }
  };
}

/** The event with names instead of whole objects. */
function plain(event: RunEvent): object {
  switch (event.kind) {
    case 'step':
    case 'run-opened':
      return event;
    case 'trial-started':
      return { kind: event.kind, trial: event.trial.id, position: event.at };
    case 'trial-progress': {
      const { kind, trial, batches, rowsPerSecond, at } = event;
      return { kind, trial: trial.id, batches, rowsPerSecond, position: at };
    }
    case 'trial-ended': {
      const { trial, outcome, wallMs, measurement } = event.record;
      const rowsPerSecond = measurement?.rowsPerSecond ?? null;
      return {
        kind: event.kind,
        trial: trial.id,
        outcome,
        wallMs,
        rowsPerSecond,
        position: event.at,
      };
    }
  }
}
