import type { ProgressEvent } from '../model/trial/progress-event.js';
import type { QueryProgress } from '../model/trial/query-progress.js';

/** Whether the events are those of a trial that took turns with others in one driver. */
export function tookTurns(events: readonly ProgressEvent[]): boolean {
  return events.some((event) => event.kind === 'started' && event.query?.turn !== undefined);
}

/**
 * The batches of a trial that took turns with others, in order, as if nothing lay between its turns: each turn begins where
 * the one before it ended. Between two turns the query was held, or stopped and started again.
 */
export function withoutWaits(batches: readonly QueryProgress[]): readonly QueryProgress[] {
  let waitedMs = 0;
  return batches.map((batch, index) => {
    const before = batches[index - 1];
    const isResumed = batch.heldMs !== undefined || before?.runId !== batch.runId;
    if (before !== undefined && isResumed) {
      waitedMs += batch.startedAt - before.startedAt - (before.durationMs['triggerExecution'] ?? 0);
    }
    return { ...batch, startedAt: batch.startedAt - waitedMs };
  });
}
