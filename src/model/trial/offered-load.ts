/** What the open-loop producer did during one trial; record i was due at startedAt + 1000 · i / rate. */
export interface OfferedLoad {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly ratePerSecond: number;
  /** Record i went to partition i mod partitions. */
  readonly partitions: number;
  /** When the trial ended: due by then, and acknowledged by the broker. */
  readonly dueRecords: number;
  readonly sentRecords: number;
}

/** What one trial under an offered load says, over the counted batches. */
export interface OfferedMeasurement {
  /** Row-weighted quantiles of the end of the batch − the intended send time, milliseconds. */
  readonly endToEndMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** How fast the records that are due but not processed grow, per second. */
  readonly lagPerSecond: number;
  /** The lag does not grow, and batches fit in their trigger. */
  readonly sustainable: boolean;
  /** Share of the due records that the producer had sent. */
  readonly keptShare: number;
}
