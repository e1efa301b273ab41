import type { PairedEstimate } from '../../model/run/comparison.js';
import { percent } from '../words/wording.js';

/** The common scale of the bars of a table, in logs, so that half and double are equally far from no change. */
export interface BarScale {
  readonly low: number;
  readonly high: number;
  /** The share within which a change does not matter. */
  readonly delta: number;
  /** Characters. */
  readonly width: number;
}

type Drawn = Pick<PairedEstimate, 'gain' | 'interval'>;

/** How far the scale reaches on both sides at least, in δ. */
const leastReach = 2;

/**
 * A scale for these estimates, with no change and ±δ on it. It never gets so wide that δ would be less than a character
 * from no change: what lies beyond its ends becomes an arrow, and has no part in where they are.
 */
export function barScale(estimates: readonly Drawn[], delta: number, width: number): BarScale {
  const step = Math.log1p(delta);
  const most = (step * (width - 1)) / 2;
  const ends = estimates
    .filter(({ gain }) => Math.abs(logOf(gain)) <= most)
    .flatMap(({ gain, interval }) => [interval?.low ?? gain, interval?.high ?? gain])
    .map(logOf);
  const reach = leastReach * step;
  return {
    low: Math.max(-most, Math.min(-reach, ...ends)),
    high: Math.min(most, Math.max(reach, ...ends)),
    ...{ delta, width },
  };
}

/**
 * An estimate as a bar on the scale: `┊   │   ┊ ──●──`. A dot for the estimate, a line for its interval, `│` for no
 * change, `┊` for ±δ.
 */
export function intervalBar({ gain, interval }: Drawn, scale: BarScale): string {
  const { low, high, delta, width } = scale;
  const line = Array.from({ length: width }, () => ' ');
  const put = (value: number, mark: string) => {
    if (value >= low && value <= high) line[placeOf(value, scale)] = mark;
  };
  put(Math.log1p(-delta), '┊');
  put(Math.log1p(delta), '┊');
  put(0, '│');
  if (interval !== null) {
    const [from, to] = [logOf(interval.low), logOf(interval.high)];
    const zero = placeOf(0, scale);
    for (let at = placeOf(from, scale); at <= placeOf(to, scale); at += 1) {
      line[at] = at === zero ? '┼' : '─';
    }
    if (from < low) line[0] = '◀';
    if (to > high) line[width - 1] = '▶';
  }
  const point = logOf(gain);
  if (point < low) line[0] = '◀';
  else if (point > high) line[width - 1] = '▶';
  else line[placeOf(point, scale)] = '●';
  return line.join('');
}

/** The ends of the scale as they stand above the bars: `−10 %     +25 %`. */
export function scaleLabel({ low, high, width }: BarScale): string {
  const [left, right] = [percent(Math.expm1(low)), percent(Math.expm1(high))];
  const between = width - left.length - right.length;
  return between > 0 ? `${left}${' '.repeat(between)}${right}` : right.padStart(width);
}

function placeOf(value: number, { low, high, width }: BarScale): number {
  const share = (value - low) / (high - low);
  return Math.min(width - 1, Math.max(0, Math.round(share * (width - 1))));
}

/** A loss of everything has no log. */
function logOf(gain: number): number {
  return Math.log(Math.max(1e-6, 1 + gain));
}
