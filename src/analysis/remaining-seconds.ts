/**
 * Estimates the seconds that this many trials will take: from the mean of the ended ones (wall milliseconds), or from
 * the forecast per trial before any has ended.
 */
export function remainingSeconds(
  trials: number,
  endedWallMs: readonly number[],
  forecastSeconds: number,
): number {
  if (endedWallMs.length === 0) return forecastSeconds * trials;
  const total = endedWallMs.reduce((sum, wallMs) => sum + wallMs, 0);
  return (total / endedWallMs.length / 1_000) * trials;
}
