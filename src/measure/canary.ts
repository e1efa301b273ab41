import type { CanaryReading, CanarySummary } from '../model/trial/canary.js';

/** Parses the readings in lines of `canary.ndjson`; torn lines are skipped. */
export function parseCanaryLines(lines: readonly string[]): CanaryReading[] {
  return lines.flatMap((line) => {
    const reading = parse(line) as Partial<Record<keyof CanaryReading, unknown>> | null;
    const { at, cpuMs, frozenMs } = reading ?? {};
    return typeof at === 'number' && typeof cpuMs === 'number' && typeof frozenMs === 'number'
      ? [{ at, cpuMs, frozenMs }]
      : [];
  });
}

/** The median of the readings within a time span (ms since 1970); null if there are none. */
export function summariseCanary(
  readings: readonly CanaryReading[],
  { from, to }: { readonly from: number; readonly to: number },
): CanarySummary | null {
  const within = readings.filter(({ at }) => at >= from && at <= to);
  const sorted = within.map(({ cpuMs }) => cpuMs).sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined || low <= 0) return null;
  const frozen = within.reduce((sum, { frozenMs }) => sum + frozenMs, 0);
  return {
    medianCpuMs: (low + high) / 2,
    readings: within.length,
    frozenShare: to > from ? frozen / (to - from) : 0,
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
