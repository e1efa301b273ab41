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
