import type { Measurement } from '../model/measurement.js';
import type { QueryProgress } from '../model/query-progress.js';
import { checkCompleteness, offsetRowsOf } from './completeness.js';
import { cutWarmup } from './warmup-cut.js';
import { weightedQuantile } from './weighted-quantile.js';

const wantedBatches = 10;

/**
 * What one trial's progress events say (docs/method.md, "A trial"), in whatever order they arrive.
 * Throughput is 1000 · Σ rows / Σ triggerExecution over the non-empty batches after the warm-up cut,
 * never a mean of rates. The last batch is left out when it is a partial one: the rest of a backlog.
 */
export function measureTrial(
  unordered: readonly QueryProgress[],
  { warmupSeconds }: { readonly warmupSeconds: number },
): Measurement {
  const events = [...unordered].sort((a, b) => a.startedAt - b.startedAt || a.batchId - b.batchId);
  const batches = withRows(events);
  const cut = cutWarmup(batches, warmupSeconds);
  const counted = withoutPartialEnd(cut.counted);
  const rows = sum(counted, (batch) => batch.numInputRows);
  const triggerMs = sum(counted, batchMs);
  const lastState = events.at(-1)?.stateOperators ?? [];
  return {
    rowsPerSecond: triggerMs > 0 ? (1_000 * rows) / triggerMs : null,
    batchMs: batchQuantiles(counted),
    counts: {
      batches: events.length,
      counted: counted.length,
      warmup: cut.warmup.length,
      empty: events.length - batches.length,
    },
    warmupCutSeconds: cut.cutSeconds,
    meanPhaseMs: meanPhases(counted),
    rowsPerBatch: counted.length > 0 ? rows / counted.length : null,
    inputRows: sum(batches, (batch) => batch.numInputRows),
    offsetRows: offsetRowsOf(events),
    droppedByWatermark: sum(events, (batch) =>
      sum(batch.stateOperators, (operator) => operator.numRowsDroppedByWatermark ?? 0),
    ),
    stateRows: lastState.length > 0 ? sum(lastState, (o) => o.numRowsTotal ?? 0) : null,
    shufflePartitions: lastState[0]?.numShufflePartitions ?? null,
    warnings: [
      ...checkCompleteness(events),
      ...(counted.length < wantedBatches
        ? [{ kind: 'few-batches', counted: counted.length, wanted: wantedBatches } as const]
        : []),
    ],
  };
}

function withRows(events: readonly QueryProgress[]): QueryProgress[] {
  return events.filter((event) => event.numInputRows > 0);
}

function withoutPartialEnd(counted: readonly QueryProgress[]): readonly QueryProgress[] {
  const last = counted.at(-1);
  const before = counted.at(-2);
  if (last === undefined || before === undefined) return counted;
  return last.numInputRows < 0.99 * before.numInputRows ? counted.slice(0, -1) : counted;
}

function batchQuantiles(counted: readonly QueryProgress[]): Measurement['batchMs'] {
  const points = counted.map((batch) => ({ value: batchMs(batch), weight: batch.numInputRows }));
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => weightedQuantile(points, share));
  if (p50 === undefined || p95 === undefined || p99 === undefined) return null;
  return { p50, p95, p99 };
}

function meanPhases(counted: readonly QueryProgress[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const batch of counted) {
    for (const [phase, ms] of Object.entries(batch.durationMs)) {
      totals[phase] = (totals[phase] ?? 0) + ms / counted.length;
    }
  }
  return totals;
}

function batchMs(batch: QueryProgress): number {
  return batch.durationMs['triggerExecution'] ?? 0;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
