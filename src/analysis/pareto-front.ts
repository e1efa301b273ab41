import { isClaim } from '../model/run/comparison.js';
import type { ConfigurationRow, ParetoPoint } from '../model/run/report-model.js';

/**
 * The configurations that nothing beats in both throughput and latency, as far as that was judged; fastest first. Larger
 * batches trade one for the other, so the choice among these is the reader's. Only differences from the baseline are
 * judged, so only the baseline can be beaten, or beat; medians alone would call it beaten in most runs of equals. Empty
 * without any claim.
 */
export function paretoFront(rows: readonly ConfigurationRow[]): ParetoPoint[] {
  const claimed = rows.flatMap((row) => pointOf(row) ?? []).filter(isJudged);
  if (claimed.length === 0) return [];
  const baseline = rows.filter(({ configuration }) => configuration.role === 'baseline');
  const isBaselineBeaten = claimed.some(
    (one) => one.throughput === 'better' && one.latency === 'better',
  );
  return [
    ...(isBaselineBeaten ? [] : baseline.flatMap((row) => pointOf(row) ?? [])),
    ...claimed.filter((one) => one.throughput === 'better' || one.latency === 'better'),
  ].sort((a, b) => b.rowsPerSecond - a.rowsPerSecond);
}

function pointOf(row: ConfigurationRow): ParetoPoint | undefined {
  const { configuration, rowsPerSecond, offered, batchMs } = row;
  const latency = offered?.endToEndMs ?? batchMs;
  if (rowsPerSecond === null || latency === null) return undefined;
  return {
    configuration,
    rowsPerSecond: rowsPerSecond.median,
    latencyMs: latency.p50,
    latencyP95Ms: latency.p95,
    throughput: row.throughput?.kind ?? null,
    latency: row.latency?.kind ?? null,
  };
}

function isJudged({ throughput, latency }: ParetoPoint): boolean {
  return [throughput, latency].some(isClaim);
}
