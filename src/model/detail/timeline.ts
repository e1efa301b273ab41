import type { Configuration } from '../configuration.js';

/** One batch of a trial, or several in a row where there are too many to draw. */
export interface TimelinePoint {
  /** Seconds from the start of the first batch to the end of this one. */
  readonly seconds: number;
  /** Rows since the start of the batch before, by the time since then; null for the first batch. */
  readonly inputRowsPerSecond: number | null;
  /** Rows by the time that the batch took; null if it took none. */
  readonly processedRowsPerSecond: number | null;
  /** Mean, if there are several. */
  readonly batchMs: number;
}

/** How one trial went, batch by batch. */
export interface Timeline {
  readonly trial: string;
  readonly configuration: Configuration;
  /** Batches that start within these seconds do not count. */
  readonly warmupSeconds: number;
  readonly batches: number;
  readonly points: readonly TimelinePoint[];
}
