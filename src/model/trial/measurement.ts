import type { CanarySummary } from './canary.js';

import type { OfferedMeasurement } from './offered-load.js';

/** What one trial's progress events say, after the warm-up cut. */
export interface Measurement {
  /** 1000 · Σ numInputRows / Σ durationMs.triggerExecution over the counted batches; null if none counts. */
  readonly rowsPerSecond: number | null;
  /** Row-weighted quantiles of batch time in milliseconds; null if no batch counts. */
  readonly batchMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly counts: {
    /** All progress events of the query. */
    readonly batches: number;
    readonly counted: number;
    readonly warmup: number;
    readonly empty: number;
  };
  /** The cut that was applied, in seconds after the first batch began. */
  readonly warmupCutSeconds: number;
  /** Mean milliseconds per counted batch, by phase of durationMs. */
  readonly meanPhaseMs: Readonly<Record<string, number>>;
  /** Mean rows per counted batch; null if no batch counts. */
  readonly rowsPerBatch: number | null;
  /** Over all batches, the warm-up too. */
  readonly inputRows: number;
  readonly offsetRows: number;
  readonly droppedByWatermark: number;
  /** State rows after the last batch; null for a stateless query. */
  readonly stateRows: number | null;
  /** Tasks of the stateful stage as the plan says; null for a stateless query. */
  readonly shufflePartitions: number | null;
  /** Milliseconds a counted batch, summed over the tasks of the first stateful operator; null for a stateless query. */
  readonly stateOperator: {
    readonly name: string;
    readonly updateMs: number;
    readonly removalMs: number;
    readonly commitMs: number;
  } | null;
  /** Tasks of a batch's stages as Spark planned them, the reading one first; null where it did not tell. */
  readonly stageTasks: readonly number[] | null;
  /** Every counted batch was as large as the others and the trigger left idle time: the limit's speed, not the engine's. */
  readonly rateLimited: boolean;
  /** The machine's speed during the counted batches; null where it was not read. */
  readonly canary: CanarySummary | null;
  /** Under an offered load only; else null. */
  readonly offered: OfferedMeasurement | null;
  readonly warnings: readonly MeasurementWarning[];
}

/** Something about a trial that its reader must know. Worded in `report/`. */
export type MeasurementWarning =
  | { readonly kind: 'few-batches'; readonly counted: number; readonly wanted: number }
  | { readonly kind: 'reading-tasks'; readonly tasks: number; readonly wanted: number }
  | { readonly kind: 'still-warming'; readonly mserSeconds: number; readonly cutSeconds: number }
  | { readonly kind: 'producer-behind'; readonly keptShare: number }
  | { readonly kind: 'dropped-late-rows'; readonly rows: number }
  | { readonly kind: 'missing-batches'; readonly after: number }
  | { readonly kind: 'repeated-batch'; readonly batchId: number }
  | { readonly kind: 'offset-mismatch'; readonly inputRows: number; readonly offsetRows: number };
