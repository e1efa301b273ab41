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
  readonly warnings: readonly MeasurementWarning[];
}

/** Something about a trial that its reader must know. Worded in `report/`. */
export type MeasurementWarning =
  | { readonly kind: 'few-batches'; readonly counted: number; readonly wanted: number }
  | { readonly kind: 'dropped-late-rows'; readonly rows: number }
  | { readonly kind: 'missing-batches'; readonly after: number }
  | { readonly kind: 'repeated-batch'; readonly batchId: number }
  | { readonly kind: 'offset-mismatch'; readonly inputRows: number; readonly offsetRows: number };
