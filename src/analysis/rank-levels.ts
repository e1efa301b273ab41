import type { DecisiveFigure } from '../model/run/conclusion.js';
import type { LevelEffect } from '../model/run/report-model.js';

/** The levels that are better than the baseline's in the figure that decides, largest gain first. */
export function betterLevels(
  effects: readonly LevelEffect[],
  figure: DecisiveFigure,
): LevelEffect[] {
  const sign = figure === 'throughput' ? 1 : -1;
  const gain = (effect: LevelEffect) => sign * (effect[figure].estimate?.gain ?? 0);
  return effects
    .filter((effect) => effect[figure].kind === 'better')
    .sort((a, b) => gain(b) - gain(a));
}

/** Whether the intervals of the two best overlap, so that they cannot be told apart. */
export function isTied([first, second]: readonly LevelEffect[], figure: DecisiveFigure): boolean {
  return overlap(first?.[figure].estimate?.interval, second?.[figure].estimate?.interval);
}

type Interval = { readonly low: number; readonly high: number } | null | undefined;

/** Whether two intervals have a value in common. */
export function overlap(one: Interval, other: Interval): boolean {
  return one != null && other != null && one.low <= other.high && other.low <= one.high;
}
