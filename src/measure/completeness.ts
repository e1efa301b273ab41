import type { MeasurementWarning } from '../model/trial/measurement.js';
import type { QueryProgress } from '../model/trial/query-progress.js';

/**
 * Finds progress events that are missing or inconsistent (docs/method.md, "When a trial counts"): batch ids contiguous
 * and unique in a run, offsets joined end to start, Σ rows = Σ offsets within 1 %.
 */
export function checkCompleteness(events: readonly QueryProgress[]): MeasurementWarning[] {
  const warnings: MeasurementWarning[] = [];
  for (const [index, event] of events.entries()) {
    const before = events[index - 1];
    if (before?.runId !== event.runId) continue;
    if (event.batchId === before.batchId && event.numInputRows > 0 && before.numInputRows > 0) {
      warnings.push({ kind: 'repeated-batch', batchId: event.batchId });
    } else if (event.batchId > before.batchId + 1 || !offsetsJoin(before, event)) {
      warnings.push({ kind: 'missing-batches', after: before.batchId });
    }
  }
  const inputRows = events.reduce((total, event) => total + event.numInputRows, 0);
  const offsetRows = offsetRowsOf(events);
  if (offsetRows > 0 && Math.abs(inputRows - offsetRows) > 0.01 * offsetRows) {
    warnings.push({ kind: 'offset-mismatch', inputRows, offsetRows });
  }
  const late = events.flatMap((event) => event.stateOperators);
  const rows = late.reduce((total, o) => total + (o.numRowsDroppedByWatermark ?? 0), 0);
  if (rows > 0) warnings.push({ kind: 'dropped-late-rows', rows });
  return warnings;
}

/** Σ (endOffset − startOffset) over all batches and partitions; 0 if the source has no offsets. */
export function offsetRowsOf(events: readonly QueryProgress[]): number {
  let rows = 0;
  for (const source of events.flatMap((event) => event.sources)) {
    for (const [partition, end] of Object.entries(source.endOffset)) {
      rows += end - (source.startOffset[partition] ?? 0);
    }
  }
  return rows;
}

function offsetsJoin(before: QueryProgress, after: QueryProgress): boolean {
  return after.sources.every((source, index) =>
    Object.entries(source.startOffset).every(([partition, start]) => {
      const end = before.sources[index]?.endOffset[partition];
      return end === undefined || end === start;
    }),
  );
}
