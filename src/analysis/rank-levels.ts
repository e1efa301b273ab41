import type { LevelEffect } from '../model/run/report-model.js';

/** The levels that are better than the baseline's, largest gain first. */
export function betterLevels(effects: readonly LevelEffect[]): LevelEffect[] {
  const gain = ({ throughput }: LevelEffect) => throughput.estimate?.gain ?? 0;
  return effects
    .filter((effect) => effect.throughput.kind === 'better')
    .sort((a, b) => gain(b) - gain(a));
}

/** Whether the intervals of the two best overlap, so that they cannot be told apart. */
export function isTied([first, second]: readonly LevelEffect[]): boolean {
  const low = first?.throughput.estimate?.interval?.low;
  const high = second?.throughput.estimate?.interval?.high;
  return low !== undefined && high !== undefined && low <= high;
}
