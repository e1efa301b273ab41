/**
 * Quantile of a sample by linear interpolation between order statistics (Hyndman & Fan 1996, definition 7, the default
 * of R and NumPy). `share` is from 0 to 1; undefined for an empty sample.
 */
function quantile(sample: readonly number[], share: number): number | undefined {
  const sorted = [...sample].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) return undefined;
  return low + (high - low) * (position - Math.floor(position));
}

/** The median of a sample; undefined if it is empty. */
export function median(sample: readonly number[]): number | undefined {
  return quantile(sample, 0.5);
}
