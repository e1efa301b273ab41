import type { CanaryReading } from '../model/trial/canary.js';
import type { OfferedLoad } from '../model/trial/offered-load.js';
import type { Measurement, MeasurementWarning } from '../model/trial/measurement.js';
import type { QueryProgress, StateOperatorProgress } from '../model/trial/query-progress.js';
import { warmsBeyondSeconds } from './mser.js';
import { measureOffered } from './offered.js';
import { summariseCanary } from './canary.js';
import { checkCompleteness, offsetRowsOf } from './completeness.js';
import { cutWarmup, withoutBeginnings } from './warmup-cut.js';
import { quantilesOver } from './weighted-quantile.js';
import { withoutWaits } from './without-waits.js';

/** A trial with fewer counted batches does not count (docs/method.md, "When a trial counts"). */
export const wantedBatches = 10;
const wantedKept = 0.99;

interface MeasureOptions {
  readonly warmupSeconds: number;
  readonly canary?: readonly CanaryReading[];
  readonly stageTasks?: readonly number[] | null;
  readonly offered?: { readonly load: OfferedLoad; readonly triggerMs: number };
  /** Whether the trial took turns with others in one driver. */
  readonly inTurns?: boolean;
}

/**
 * Measures one trial from its progress events (docs/method.md, "A trial"), in any order. Throughput is 1000 · Σ rows /
 * Σ triggerExecution over the non-empty batches after the warm-up cut, never a mean of rates. A partial last batch, the
 * rest of a backlog, is left out.
 */
export function measureTrial(
  unordered: readonly QueryProgress[],
  { warmupSeconds, canary = [], stageTasks = null, offered, inTurns = false }: MeasureOptions,
): Measurement {
  const ordered = [...unordered].sort((a, b) => a.startedAt - b.startedAt || a.batchId - b.batchId);
  const joined = inTurns ? withoutWaits : same;
  const events = joined(ordered);
  const batches = withRows(events);
  const cut = cutWarmup(batches, warmupSeconds, inTurns);
  const counted = joined(withoutPartialEnd(cut.counted));
  const span = spanOf(counted);
  const underLoad =
    offered === undefined ? null : measureOffered(counted, offered.load, offered.triggerMs);
  return {
    ...speedOf(counted),
    spanMs: span.to - span.from,
    ...totalsOf(events),
    counts: {
      batches: events.length,
      counted: counted.length,
      warmup: cut.warmup.length,
      empty: events.length - batches.length,
    },
    warmupCutSeconds: cut.cutSeconds,
    stageTasks,
    rateLimited: offered === undefined && isRateLimited(counted),
    offered: underLoad,
    canary: summariseCanary(canary, span),
    warnings: [
      ...producerWarnings(underLoad),
      ...warmingWarnings(inTurns ? withoutBeginnings(batches) : batches, cut.cutSeconds),
      ...checkCompleteness(events),
      ...(counted.length < wantedBatches
        ? [{ kind: 'few-batches', counted: counted.length, wanted: wantedBatches } as const]
        : []),
    ],
  };
}

/** Figures of the counted batches. */
function speedOf(counted: readonly QueryProgress[]) {
  const rows = sum(counted, (batch) => batch.numInputRows);
  const triggerMs = sum(counted, batchMs);
  return {
    rowsPerSecond: triggerMs > 0 ? (1_000 * rows) / triggerMs : null,
    batchMs: batchQuantiles(counted),
    meanPhaseMs: meanPhases(counted),
    rowsPerBatch: counted.length > 0 ? rows / counted.length : null,
    stateOperator: stateOperatorOf(counted),
  };
}

/** Totals over all batches, warm-up included. */
function totalsOf(events: readonly QueryProgress[]) {
  const lastState = events.at(-1)?.stateOperators ?? [];
  return {
    inputRows: sum(events, (batch) => batch.numInputRows),
    offsetRows: offsetRowsOf(events),
    droppedByWatermark: sum(events, (batch) =>
      sum(batch.stateOperators, (operator) => operator.numRowsDroppedByWatermark ?? 0),
    ),
    stateRows: lastState.length > 0 ? sum(lastState, (o) => o.numRowsTotal ?? 0) : null,
    shufflePartitions: lastState[0]?.numShufflePartitions ?? null,
  };
}

/** Warns if, by the batches themselves, the warm-up is more than a fifth longer than the cut. */
function warmingWarnings(
  batches: readonly QueryProgress[],
  cutSeconds: number,
): MeasurementWarning[] {
  const mserSeconds = warmsBeyondSeconds(batches);
  return mserSeconds > 1.2 * cutSeconds ? [{ kind: 'still-warming', mserSeconds, cutSeconds }] : [];
}

/** A producer that lags behind its schedule offers less than requested. */
function producerWarnings(offered: Measurement['offered']): MeasurementWarning[] {
  if (offered === null || offered.keptShare >= wantedKept) return [];
  return [{ kind: 'producer-behind', keptShare: offered.keptShare }];
}

/** Whether all batches have the same size (within 1 %), and more than 5 % of the time between them was idle. */
function isRateLimited(counted: readonly QueryProgress[]): boolean {
  if (counted.length < 2) return false;
  const sizes = counted.map((batch) => batch.numInputRows);
  const [least, most] = [Math.min, Math.max].map((pick) => sizes.reduce((a, b) => pick(a, b))) as [
    number,
    number,
  ];
  const { from, to } = spanOf(counted);
  const busy = sum(counted, batchMs);
  return least >= 0.99 * most && busy < 0.95 * (to - from);
}

/** From the start of the first to the end of the last, ms since 1970. */
function spanOf(batches: readonly QueryProgress[]): { from: number; to: number } {
  const [first] = batches;
  const last = batches.at(-1);
  if (first === undefined || last === undefined) return { from: 0, to: 0 };
  return { from: first.startedAt, to: last.startedAt + batchMs(last) };
}

function same(batches: readonly QueryProgress[]): readonly QueryProgress[] {
  return batches;
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
  return quantilesOver(points, counted.length);
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

function stateOperatorOf(counted: readonly QueryProgress[]): Measurement['stateOperator'] {
  const found = counted.flatMap((batch) => batch.stateOperators.slice(0, 1));
  const [first] = found;
  if (first === undefined) return null;
  const mean = (value: (operator: StateOperatorProgress) => number | undefined) =>
    sum(found, (operator) => value(operator) ?? 0) / found.length;
  return {
    name: first.operatorName,
    updateMs: mean((operator) => operator.allUpdatesTimeMs),
    removalMs: mean((operator) => operator.allRemovalsTimeMs),
    commitMs: mean((operator) => operator.commitTimeMs),
  };
}

function batchMs(batch: QueryProgress): number {
  return batch.durationMs['triggerExecution'] ?? 0;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
