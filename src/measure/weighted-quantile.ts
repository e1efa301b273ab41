import type { Quantiles } from '../model/trial/quantiles.js';

/** A value that represents `weight` observations. */
export interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/**
 * The smallest value at or below which at least `share` (0 to 1) of the weight lies: the inverse of the weighted
 * empirical distribution (Hyndman & Fan 1996, definition 1). Undefined if there is no weight.
 */
export function weightedQuantile(
  points: readonly WeightedValue[],
  share: number,
): number | undefined {
  const sorted = [...points].filter((p) => p.weight > 0).sort((a, b) => a.value - b.value);
  const total = sorted.reduce((weight, point) => weight + point.weight, 0);
  let below = 0;
  for (const point of sorted) {
    below += point.weight;
    if (below >= share * total) return point.value;
  }
  return sorted.at(-1)?.value;
}

/**
 * p50, p95, p99 and the maximum of a trial with this many batches; null if there is no weight. A quantile q is given only from
 * 1 / (1 − q) batches on, that is p95 from 20 and p99 from 100: with fewer, less than one batch is expected beyond it,
 * and it would be the slowest batch under another name. End-to-end latency obeys the same rule, since the rows of a batch
 * wait for the same end.
 */
export function quantilesOver(points: readonly WeightedValue[], batches: number): Quantiles | null {
  const p50 = weightedQuantile(points, 0.5);
  if (p50 === undefined) return null;
  const tail = (percent: number) =>
    batches * (100 - percent) >= 100 ? (weightedQuantile(points, percent / 100) ?? null) : null;
  return { p50, p95: tail(95), p99: tail(99), max: weightedQuantile(points, 1) ?? p50 };
}
