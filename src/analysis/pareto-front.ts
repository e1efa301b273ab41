import type { ConfigurationRow, ParetoPoint } from '../model/run/report-model.js';

/**
 * The configurations that no other one beats in both throughput and latency, by their medians. Larger batches trade one
 * for the other, so the choice among these is the reader's.
 */
export function paretoFront(points: readonly ParetoPoint[]): ParetoPoint[] {
  const beats = (other: ParetoPoint, one: ParetoPoint) =>
    other !== one && other.rowsPerSecond >= one.rowsPerSecond && other.latencyMs <= one.latencyMs;
  return points
    .filter((one) => !points.some((other) => beats(other, one)))
    .sort((a, b) => b.rowsPerSecond - a.rowsPerSecond);
}

/** The configurations that were measured and are eligible. */
export function paretoPoints(rows: readonly ConfigurationRow[]): ParetoPoint[] {
  return rows.flatMap(({ configuration, throughput, rowsPerSecond, offered, batchMs }) => {
    const kind = throughput?.kind;
    if (configuration.role === 'baseline-repeat') return [];
    if (kind === 'ineligible' || kind === 'inert') return [];
    const latencyMs = offered?.endToEndMs.p50 ?? batchMs?.p50;
    return rowsPerSecond === null || latencyMs === undefined
      ? []
      : [{ configuration, rowsPerSecond: rowsPerSecond.median, latencyMs }];
  });
}
