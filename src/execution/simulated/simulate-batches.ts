import type { QueryProgress } from '../../model/trial/query-progress.js';
import type { RandomSource } from '../../model/seeded-random.js';
import type { SimulationModel } from '../../model/simulation-model.js';

/** Parameters of a simulated trial; noise is on the log scale. */
export interface TrialShape {
  /** The steady rate, including the trial's own noise, drift and effects. */
  readonly rowsPerSecond: number;
  readonly batches: number;
  readonly batchRows: number;
  readonly warmup: SimulationModel['warmup'];
  /** Of batches: standard deviation, and correlation with the previous batch. */
  readonly noise: { readonly sd: number; readonly correlation: number };
  /** Start of the first batch, milliseconds since 1970. */
  readonly startedAt: number;
}

/**
 * Generates the progress events of one trial from
 * ln rate(i) = ln rate + ln(1 − depth · e^(−i/batches)) + AR(1) noise; the first batch is longer by its factor.
 */
export function simulateBatches(shape: TrialShape, random: RandomSource): QueryProgress[] {
  const { batchRows, noise, warmup } = shape;
  const innovation = noise.sd * Math.sqrt(1 - noise.correlation ** 2);
  let current = noise.sd * random.normal();
  let startedAt = shape.startedAt;
  return Array.from({ length: shape.batches }, (_, index) => {
    if (index > 0) current = noise.correlation * current + innovation * random.normal();
    const warm = 1 - warmup.depth * Math.exp(-index / Math.max(1e-9, warmup.batches));
    const rate = shape.rowsPerSecond * warm * Math.exp(current);
    const ms = ((1_000 * batchRows) / rate) * (index === 0 ? warmup.firstBatch : 1);
    const progress = event(batchRows, index, { startedAt, ms });
    startedAt += ms;
    return progress;
  });
}

function event(
  batchRows: number,
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
        numRowsTotal: 1_000,
        numRowsDroppedByWatermark: 0,
        allUpdatesTimeMs: 0.2 * ms,
        allRemovalsTimeMs: 0.05 * ms,
        commitTimeMs: 0.4 * ms,
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
