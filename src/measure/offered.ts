import type { OfferedLoad, OfferedMeasurement } from '../model/trial/offered-load.js';
import type { QueryProgress } from '../model/trial/query-progress.js';
import { quantilesOver, weightedQuantile, type WeightedValue } from './weighted-quantile.js';

/** A lag that grows by more than this share of the rate is an upward trend (Theodolite, Henning & Hasselbring 2021). */
const trendShare = 0.01;
/** Points that represent the rows of one partition in one batch, with evenly spaced send times. */
const slices = 10;

/**
 * End-to-end latency and sustainability of a trial under an offered load. A row's send time is the intended one,
 * computed from its offset, so that neither a late producer nor a waiting batch can hide (no coordinated omission).
 * Null without a counted batch.
 */
export function measureOffered(
  counted: readonly QueryProgress[],
  load: OfferedLoad,
  triggerMs: number,
): OfferedMeasurement | null {
  const points = counted.flatMap((batch) => latenciesOf(batch, load));
  const endToEndMs = quantilesOver(points, counted.length);
  if (endToEndMs === null) return null;
  const batchMs = counted.map((batch) => ({ value: endOf(batch) - batch.startedAt, weight: 1 }));
  const lagPerSecond = 1_000 * slopeOf(counted.map((batch) => [endOf(batch), lagOf(batch, load)]));
  const fits = triggerMs === 0 || (weightedQuantile(batchMs, 0.95) ?? 0) <= triggerMs;
  return {
    endToEndMs,
    lagPerSecond,
    sustainable: fits && lagPerSecond < trendShare * load.ratePerSecond,
    keptShare: load.dueRecords === 0 ? 0 : Math.min(1, load.sentRecords / load.dueRecords),
  };
}

function latenciesOf(batch: QueryProgress, load: OfferedLoad): WeightedValue[] {
  const end = endOf(batch);
  return rangesOf(batch).flatMap(({ partition, from, to }) =>
    Array.from({ length: slices }, (_, slice) => {
      const offset = from + ((slice + 0.5) / slices) * (to - from);
      const index = offset * load.partitions + partition;
      const sentAt = load.startedAt + (1_000 * index) / load.ratePerSecond;
      return { value: end - sentAt, weight: (to - from) / slices };
    }),
  );
}

/** Records that were due when a batch ended, but not yet read by any batch. */
function lagOf(batch: QueryProgress, { startedAt, ratePerSecond }: OfferedLoad): number {
  const taken = batch.sources.flatMap(({ endOffset }) => Object.values(endOffset));
  return ((endOf(batch) - startedAt) / 1_000) * ratePerSecond - taken.reduce((a, b) => a + b, 0);
}

function rangesOf({ sources }: QueryProgress) {
  return sources.flatMap(({ startOffset, endOffset }) =>
    Object.entries(endOffset).map(([name, to]) => ({
      partition: Number(name.slice(name.lastIndexOf('-') + 1)),
      from: startOffset[name] ?? 0,
      to,
    })),
  );
}

/** Slope of a least-squares line through (x, y); 0 for fewer than two points. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const xx = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return xx === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * y, 0) / xx;
}

function endOf(batch: QueryProgress): number {
  return batch.startedAt + (batch.durationMs['triggerExecution'] ?? 0);
}
