import type { MeasurementWarning } from '../model/trial/measurement.js';
import type { QueryProgress, SourceProgress } from '../model/trial/query-progress.js';

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

/**
 * Σ (endOffset − startOffset) over all batches and partitions; 0 if the source has no offsets. In a query's first batch
 * Spark leaves startOffset out: in a topic that is older than its trial it was not 0, and the rows themselves count.
 */
export function offsetRowsOf(events: readonly QueryProgress[]): number {
  return events
    .flatMap(({ sources }) => sources)
    .reduce((rows, source) => rows + rowsOf(source), 0);
}

/**
 * Records that a query has read, by offsets. One that reads a topic twice, as a join with itself does, has one source for
 * each reading: as many of the topic's records have been read as the slowest of them has.
 */
export function recordsReadOf(events: readonly QueryProgress[]): number {
  const readings = new Map<string, Map<number, number>>();
  for (const [number, source] of events.flatMap(({ sources }) => [...sources.entries()])) {
    const topics = [...new Set(Object.keys(source.endOffset).map(topicOf))].sort().join(' ');
    const ofTopics = readings.get(topics) ?? new Map<number, number>();
    readings.set(topics, ofTopics.set(number, (ofTopics.get(number) ?? 0) + rowsOf(source)));
  }
  const slowest = [...readings.values()].map((ofTopics) => Math.min(...ofTopics.values()));
  return slowest.reduce((sum, rows) => sum + rows, 0);
}

/** `orders-3` is partition 3 of the topic orders. */
export function topicOf(partition: string): string {
  return partition.slice(0, partition.lastIndexOf('-'));
}

function rowsOf({ startOffset, endOffset, numInputRows }: SourceProgress): number {
  const ends = Object.entries(endOffset);
  const rows = ends.reduce((sum, [name, end]) => sum + end - (startOffset[name] ?? 0), 0);
  return Object.keys(startOffset).length > 0 ? rows : Math.min(rows, numInputRows ?? rows);
}

function offsetsJoin(before: QueryProgress, after: QueryProgress): boolean {
  return after.sources.every((source, index) =>
    Object.entries(source.startOffset).every(([partition, start]) => {
      const end = before.sources[index]?.endOffset[partition];
      return end === undefined || end === start;
    }),
  );
}
