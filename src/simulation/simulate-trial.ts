import type { QueryProgress } from '../model/query-progress.js';
import type { RandomSource } from '../model/seeded-random.js';

/** What a simulated trial is like; rates in rows per second, all noise on the log scale. */
export interface TrialShape {
  /** The steady rate, with the trial's own noise, drift and effects already in it. */
  readonly rowsPerSecond: number;
  readonly batches: number;
  readonly batchRows: number;
  /** How many times longer the first batch takes. */
  readonly firstBatchFactor: number;
  /** The rate starts at 1 − depth of the steady one and comes closer by a factor of e every `batches`. */
  readonly warmup: { readonly depth: number; readonly batches: number };
  /** Noise of batches: standard deviation, and correlation with the batch before. */
  readonly batchNoise: { readonly sd: number; readonly correlation: number };
  /** Milliseconds since 1970 of the first batch. */
  readonly startedAt: number;
  /** Rows of each batch that the watermark drops. */
  readonly droppedRows?: number;
}

/**
 * The progress events of one trial from
 * ln rate(i) = ln rate + ln(1 − depth · e^(−i/batches)) + AR(1) noise, the first batch longer by its factor.
 */
export function simulateTrial(shape: TrialShape, random: RandomSource): QueryProgress[] {
  const { batchRows, batchNoise, warmup } = shape;
  const innovation = batchNoise.sd * Math.sqrt(1 - batchNoise.correlation ** 2);
  let noise = batchNoise.sd * random.normal();
  let startedAt = shape.startedAt;
  return Array.from({ length: shape.batches }, (_, index) => {
    if (index > 0) noise = batchNoise.correlation * noise + innovation * random.normal();
    const warm = 1 - warmup.depth * Math.exp(-index / Math.max(1e-9, warmup.batches));
    const rate = shape.rowsPerSecond * warm * Math.exp(noise);
    const ms = ((1_000 * batchRows) / rate) * (index === 0 ? shape.firstBatchFactor : 1);
    const progress = event(shape, index, { startedAt, ms });
    startedAt += ms;
    return progress;
  });
}

function event(
  { batchRows, droppedRows = 0 }: TrialShape,
  index: number,
  { startedAt, ms }: { readonly startedAt: number; readonly ms: number },
): QueryProgress {
  return {
    runId: 'simulated',
    batchId: index,
    startedAt,
    numInputRows: batchRows,
    durationMs: { triggerExecution: ms, addBatch: 0.85 * ms, walCommit: 0.1 * ms },
    stateOperators: [
      {
        operatorName: 'stateStoreSave',
        allUpdatesTimeMs: 0.2 * ms,
        allRemovalsTimeMs: 0.05 * ms,
        commitTimeMs: 0.4 * ms,
        numRowsTotal: 1_000,
        numRowsDroppedByWatermark: droppedRows,
        numShufflePartitions: 1,
      },
    ],
    sources: [
      {
        description: 'simulated',
        startOffset: { 'simulated-0': index * batchRows },
        endOffset: { 'simulated-0': (index + 1) * batchRows },
      },
    ],
  };
}
