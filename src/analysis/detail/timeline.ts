import { cutWarmup } from '../../measure/warmup-cut.js';
import { withoutWaits } from '../../measure/without-waits.js';
import type { Configuration } from '../../model/configuration.js';
import type { ConfigurationRow } from '../../model/run/report-model.js';
import type { Timeline, TimelinePoint } from '../../model/detail/timeline.js';
import { isSucceeded, type EndedTrial } from '../../model/trial/ended-trial.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';

/** More points than these cannot be told apart in a chart. */
const mostPoints = 240;

/** The counted trial of a configuration whose rate is nearest to its median; undefined if none counts. */
export function typicalTrial({ trials, rowsPerSecond }: ConfigurationRow): EndedTrial | undefined {
  const middle = rowsPerSecond?.median ?? NaN;
  const distance = ({ measurement }: EndedTrial) =>
    Math.abs((measurement?.rowsPerSecond ?? Infinity) - middle);
  return trials.filter(isSucceeded).sort((a, b) => distance(a) - distance(b))[0];
}

interface Course {
  /** Of the warm-up. */
  readonly declaredSeconds: number;
  /** Whether the trial took turns with others, whose time is left out. */
  readonly inTurns?: boolean;
}

/** The course of a trial from the batches of its query, in any order; undefined without a batch that has rows. */
export function timelineOf(
  { id, configuration }: { readonly id: string; readonly configuration: Configuration },
  unordered: readonly QueryProgress[],
  { declaredSeconds, inTurns = false }: Course,
): Timeline | undefined {
  const ordered = unordered
    .filter(({ numInputRows }) => numInputRows > 0)
    .sort((a, b) => a.startedAt - b.startedAt || a.batchId - b.batchId);
  const batches = inTurns ? withoutWaits(ordered) : ordered;
  const [first] = batches;
  if (first === undefined) return undefined;
  const size = Math.ceil(batches.length / mostPoints);
  const points = Array.from({ length: Math.ceil(batches.length / size) }, (_, index) =>
    pointOf(batches, index * size, { size, from: first.startedAt }),
  );
  return {
    trial: id,
    configuration,
    warmupSeconds: cutWarmup(batches, declaredSeconds, inTurns).cutSeconds,
    batches: batches.length,
    points: points.filter((point) => point !== undefined),
  };
}

function pointOf(
  batches: readonly QueryProgress[],
  start: number,
  { size, from }: { readonly size: number; readonly from: number },
): TimelinePoint | undefined {
  const group = batches.slice(start, start + size);
  const last = group.at(-1);
  if (last === undefined) return undefined;
  const rows = group.reduce((sum, { numInputRows }) => sum + numInputRows, 0);
  const busyMs = group.reduce((sum, batch) => sum + batchMs(batch), 0);
  const before = batches[start - 1];
  const sinceMs = before === undefined ? 0 : last.startedAt - before.startedAt;
  return {
    seconds: (last.startedAt + batchMs(last) - from) / 1_000,
    inputRowsPerSecond: sinceMs > 0 ? (1_000 * rows) / sinceMs : null,
    processedRowsPerSecond: busyMs > 0 ? (1_000 * rows) / busyMs : null,
    batchMs: busyMs / group.length,
  };
}

function batchMs({ durationMs }: QueryProgress): number {
  return durationMs['triggerExecution'] ?? 0;
}
