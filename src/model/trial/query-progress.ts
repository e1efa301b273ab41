/**
 * One progress event of a streaming query, reduced to the parts that streamtune reads. Every field except the identity
 * is optional: Spark 3.5 and 4.0 differ, and empty maps are left out (sql/api `progress.scala` of each line). Rates are
 * not stored; they are recomputed.
 */
export interface QueryProgress {
  readonly runId: string;
  /** Of the query, if it has one. */
  readonly name?: string;
  readonly batchId: number;
  /** Start of the trigger, milliseconds since 1970; of a query that was held then, when it was released. */
  readonly startedAt: number;
  readonly numInputRows: number;
  /** Milliseconds by phase: triggerExecution, addBatch, queryPlanning, walCommit, … */
  readonly durationMs: Readonly<Record<string, number>>;
  /**
   * On the first batch after its query was held for other trials: how long, in ms, after its trigger had begun. It is taken off
   * `triggerExecution` here.
   */
  readonly heldMs?: number;
  readonly stateOperators: readonly StateOperatorProgress[];
  readonly sources: readonly SourceProgress[];
  /** -1 or absent if the sink does not count. */
  readonly numOutputRows?: number;
  /** Milliseconds since 1970; absent without a watermark. */
  readonly eventTime?: { readonly watermark: number; readonly max?: number };
}

export interface StateOperatorProgress {
  readonly operatorName: string;
  /** Absent if the store says nothing of itself. */
  readonly store?: 'heap' | 'rocksdb';
  readonly numRowsTotal?: number;
  readonly numRowsDroppedByWatermark?: number;
  readonly numShufflePartitions?: number;
  readonly memoryUsedBytes?: number;
  /** Summed over its tasks. */
  readonly allUpdatesTimeMs?: number;
  readonly allRemovalsTimeMs?: number;
  readonly commitTimeMs?: number;
}

export interface SourceProgress {
  readonly description: string;
  readonly numInputRows?: number;
  /** Offsets by `topic-partition`. */
  readonly startOffset: Readonly<Record<string, number>>;
  readonly endOffset: Readonly<Record<string, number>>;
}
