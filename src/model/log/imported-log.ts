import type { Measurement } from '../trial/measurement.js';
import type { QueryProgress } from '../trial/query-progress.js';
import type { LogFile, Skipped } from './log-file.js';

/** The batches of one start of a query, in the order of the log. */
export interface QueryBatches {
  readonly runId: string;
  readonly name: string | null;
  /** Null if the log does not say that it ended. */
  readonly end: { readonly exception: string | null } | null;
  readonly progress: readonly QueryProgress[];
}

/** What logs say of the queries in them. One log is no experiment: there are no verdicts. */
export interface ImportedLog {
  readonly files: readonly LogFile[];
  /** What was left out over all files. */
  readonly leftOut: readonly Skipped[];
  /** In the order in which they began. */
  readonly queries: readonly LoggedQuery[];
}

export interface LoggedQuery {
  readonly runId: string;
  readonly name: string | null;
  readonly end: QueryBatches['end'];
  /** Start of the first batch and end of the last, milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly sources: readonly string[];
  readonly measurement: Measurement;
  /** Rows that came in each second of the time that counts, idle time included; null without two batches in it. */
  readonly inputRowsPerSecond: number | null;
  /** Parts of a batch's time, the longest first; `share` of the whole batch, 0 to 1. */
  readonly phases: readonly LoggedPhase[];
  /** After the last batch; null for a stateless query. */
  readonly state: LoggedState | null;
  /** Null for a query without one. */
  readonly watermark: LoggedWatermark | null;
}

export interface LoggedPhase {
  readonly name: string;
  readonly meanMs: number;
  readonly share: number;
}

export interface LoggedState {
  readonly rows: number;
  readonly memoryBytes: number | null;
  readonly store: 'heap' | 'rocksdb' | null;
}

export interface LoggedWatermark {
  /** Milliseconds since 1970; null if it never moved from its start. */
  readonly last: number | null;
  /** How far it is behind the latest event time seen, in milliseconds. */
  readonly lagMs: number | null;
}
