import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { mean } from './mean.js';

/** The mean of at least two values with its two-sided t interval at 1 − alpha; undefined for fewer. */
export function meanWithInterval(
  values: readonly number[],
  alpha: number,
): { readonly mean: number; readonly low: number; readonly high: number } | undefined {
  const freedom = values.length - 1;
  if (freedom < 1) return undefined;
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / freedom;
  const half = tQuantile(1 - alpha / 2, freedom) * Math.sqrt(variance / values.length);
  return { mean: middle, low: middle - half, high: middle + half };
}
