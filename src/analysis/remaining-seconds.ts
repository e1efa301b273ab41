/**
 * Seconds that so many trials will take: from the mean of those that have ended (wall milliseconds), or from the
 * forecast for one where none has.
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
