import type { ProgressEvent } from '../model/trial/progress-event.js';
import type { QueryProgress } from '../model/trial/query-progress.js';

/** Whether the events are those of a trial that took turns with others in one driver. */
export function tookTurns(events: readonly ProgressEvent[]): boolean {
  return events.some((event) => event.kind === 'started' && event.query?.turn !== undefined);
}

/**
 * The batches of a trial that took turns with others, in order, as if nothing lay between its turns: each turn, which is a
 * run of the query, begins where the one before it ended.
 */
export function withoutWaits(batches: readonly QueryProgress[]): readonly QueryProgress[] {
  let waitedMs = 0;
  return batches.map((batch, index) => {
    const before = batches[index - 1];
    if (before !== undefined && before.runId !== batch.runId) {
      waitedMs += batch.startedAt - before.startedAt - (before.durationMs['triggerExecution'] ?? 0);
    }
    return { ...batch, startedAt: batch.startedAt - waitedMs };
  });
}
