import type { Trial } from '../../model/trial/plan.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { RunObserver, Position } from '../../model/run/run-event.js';

/** Reports each batch of a trial to an observer, with the rows per second so far. */
export function reportBatches(
  trial: Trial,
  position: Position,
  observer: RunObserver,
): (event: ProgressEvent) => void {
  const total = { batches: 0, rows: 0, ms: 0 };
  return (event) => {
    if (event.kind !== 'progress') return;
    total.batches += 1;
    total.rows += event.progress.numInputRows;
    total.ms += event.progress.durationMs['triggerExecution'] ?? 0;
    const { batches, rows, ms } = total;
    const rowsPerSecond = ms > 0 ? (1_000 * rows) / ms : null;
    observer.notify({ kind: 'trial-progress', trial, position, batches, rowsPerSecond });
  };
}
