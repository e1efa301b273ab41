import { median } from '../src/stats/quantile.js';

/** `0.56 (0.45 to 0.62)`: the median of some rounds, with the smallest and the largest. */
export function middleAndRange(
  values: readonly number[],
  { digits = 2, unit = '' }: { readonly digits?: number; readonly unit?: string } = {},
): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const text = (value: number) => value.toFixed(digits);
  return `${text(median(values) ?? NaN)}${unit} (${text(low)} to ${text(high)}${unit})`;
}
