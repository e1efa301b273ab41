import type { PairedEstimate } from '../../model/run/comparison.js';
import { magnitude } from '../words/wording.js';
import { barScale, intervalBar, scaleLabel } from './interval-bar.js';

interface BarOptions {
  readonly delta: number;
  /** Of the whole table. */
  readonly width: number;
  readonly paint: (line: string, row: number) => string;
}

/** From this width of a table on, its bars are longer. */
const roomy = 120;

/** A column of bars on a common scale, its cells and what its marks mean; undefined without an estimate to draw. */
export function barColumn(
  estimates: readonly (PairedEstimate | null)[],
  { delta, width, paint }: BarOptions,
) {
  const found = estimates.filter((one) => one !== null);
  if (found.length === 0) return undefined;
  const scale = barScale(found, delta, width >= roomy ? 21 : 15);
  return {
    column: { label: `change\n${scaleLabel(scale)}`, align: 'right' as const, paint },
    cells: estimates.map((one) => (one === null ? '' : intervalBar(one, scale))),
    legend: `Bars: │ no change, ┊ ±${magnitude(delta)}, ● the estimate, ─ its interval.`,
  };
}
