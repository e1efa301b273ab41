import type { CanarySummary } from './canary.js';
import type { TaskLocality } from './progress-event.js';

import type { OfferedMeasurement } from './offered-load.js';
import type { Quantiles } from './quantiles.js';

/** The figures from one trial's progress events, after the warm-up cut. */
export interface Measurement {
  /** 1000 · Σ numInputRows / Σ durationMs.triggerExecution over the counted batches; null if none counts. */
  readonly rowsPerSecond: number | null;
  /** Batch time in milliseconds, quantiles weighted by rows; null if no batch counts. */
  readonly batchMs: Quantiles | null;
  readonly counts: {
    /** All progress events of the query. */
    readonly batches: number;
    readonly counted: number;
    readonly warmup: number;
    readonly empty: number;
  };
  /** The applied cut, in seconds after the first batch started. */
  readonly warmupCutSeconds: number;
  /** Mean milliseconds per counted batch, by phase of durationMs. */
  readonly meanPhaseMs: Readonly<Record<string, number>>;
  /** From the start of the first counted batch to the end of the last, with what lies between; 0 if none counts. */
  readonly spanMs: number;
  /** Mean rows per counted batch; null if no batch counts. */
  readonly rowsPerBatch: number | null;
  /** Over all batches, warm-up included. */
  readonly inputRows: number;
  readonly offsetRows: number;
  readonly droppedByWatermark: number;
  /** State rows after the last batch; null for a stateless query. */
  readonly stateRows: number | null;
  /** Tasks of the stateful stage according to the plan; null for a stateless query. */
  readonly shufflePartitions: number | null;
  /** Milliseconds per counted batch, over the tasks of the first stateful operator; null for a stateless query. */
  readonly stateOperator: {
    readonly name: string;
    readonly updateMs: number;
    readonly removalMs: number;
    readonly commitMs: number;
  } | null;
  /** Planned tasks of a batch's stages, the reading stage first; null if Spark did not report them. */
  readonly stageTasks: readonly number[] | null;
  /** Tasks of the whole trial by locality; absent where nobody told. */
  readonly locality?: TaskLocality;
  /** All counted batches had the same size, with idle time between triggers: the speed of the limit, not the engine. */
  readonly rateLimited: boolean;
  /** The machine's speed during the counted batches; null without readings. */
  readonly canary: CanarySummary | null;
  /** Only under an offered load; else null. */
  readonly offered: OfferedMeasurement | null;
  /** Each query of a job with several, and all of them together; absent for a job with one. */
  readonly queries?: SeveralQueries;
  readonly warnings: readonly MeasurementWarning[];
}

/** The figures of one query, over its batches after its own warm-up; null where none counts. */
export interface OneQuery {
  readonly name: string;
  readonly rowsPerSecond: number | null;
  /** Median, weighted by rows. */
  readonly batchMs: number | null;
  readonly inputRows: number;
}

export interface SeveralQueries {
  /** In the order of their start. */
  readonly each: readonly OneQuery[];
  /**
   * Rows of all queries per second of the time in which they ran together: Σ numInputRows of the batches that began after
   * the last warm-up, over the time from the first of them to the last one's end. Null without such a batch.
   */
  readonly together: number | null;
}

/** Something the reader must know about a trial. Worded in `report/`. */
export type MeasurementWarning =
  | { readonly kind: 'few-batches'; readonly counted: number; readonly wanted: number }
  | { readonly kind: 'reading-tasks'; readonly tasks: number; readonly wanted: number }
  | { readonly kind: 'still-warming'; readonly mserSeconds: number; readonly cutSeconds: number }
  | { readonly kind: 'producer-behind'; readonly keptShare: number }
  | { readonly kind: 'dropped-late-rows'; readonly rows: number }
  | { readonly kind: 'missing-batches'; readonly after: number }
  | { readonly kind: 'repeated-batch'; readonly batchId: number }
  | { readonly kind: 'offset-mismatch'; readonly inputRows: number; readonly offsetRows: number };
