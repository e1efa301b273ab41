import type { UnreadCause } from '../trial/query-result.js';

/** A row that two trials do not share; null where it is not there. */
export interface RowDifference {
  readonly key: string;
  readonly baseline: string | null;
  readonly own: string | null;
}

/** A query's output that differs from the baseline's. */
export interface ResultDifference {
  readonly query: string;
  /** Rows in the final state. */
  readonly rows: number;
  readonly baselineRows: number;
  /** A few rows; empty if none of the sample differs. */
  readonly examples: readonly RowDifference[];
}

/** Why a configuration's output is not compared. Worded in `report/`. */
export type NotCompared =
  | UnreadCause
  /** The experiment says so. */
  | { readonly kind: 'ignored' }
  /** A window or an offered load ends the trials: each has read other records. */
  | { readonly kind: 'window' }
  /** The trials' evidence has no results: of an older run, or of a job that is not watched from inside. */
  | { readonly kind: 'not-recorded' }
  /** No trial of one side counts. */
  | { readonly kind: 'no-trial' }
  | { readonly kind: 'other-rows'; readonly rows: number; readonly baselineRows: number }
  /** A knob asks for another output. */
  | { readonly kind: 'asked-for'; readonly knob: string }
  /** The baseline's own trials differ. */
  | ({ readonly kind: 'unsteady' } & ResultDifference);

/** Whether a configuration's queries wrote what the baseline's wrote, from the same records. */
export type ResultComparison =
  | { readonly kind: 'same'; readonly trials: number; readonly rows: number }
  | ({
      readonly kind: 'differs';
      readonly trials: number;
      readonly of: number;
    } & ResultDifference)
  | { readonly kind: 'not-compared'; readonly why: NotCompared };
