import type { Quantiles } from './quantiles.js';

/** What the open-loop producer did during one trial; record i was due at startedAt + 1000 · i / rate. */
export interface OfferedLoad {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly ratePerSecond: number;
  /** Record i went to partition i mod partitions. */
  readonly partitions: number;
  /** At the end of the trial: records due by then, and records acknowledged by the broker. */
  readonly dueRecords: number;
  readonly sentRecords: number;
}

/** The figures of one trial under an offered load, over the counted batches. */
export interface OfferedMeasurement {
  /** Row-weighted quantiles of the end of the batch − the intended send time, in milliseconds. */
  readonly endToEndMs: Quantiles;
  /** Growth of the number of records that are due but not processed, per second. */
  readonly lagPerSecond: number;
  /** The lag does not grow, and batches fit within their trigger interval. */
  readonly sustainable: boolean;
  /** Share of the due records that the producer had sent. */
  readonly keptShare: number;
}
