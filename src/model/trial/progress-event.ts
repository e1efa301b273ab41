import type { QueryProgress } from './query-progress.js';

/**
 * An event reported by a running streaming query. `at`: milliseconds since 1970. `runId`: of the query, if its source
 * tells.
 */
export type ProgressEvent =
  | { readonly kind: 'started'; readonly at: number; readonly query?: QueryIdentity }
  | { readonly kind: 'idle'; readonly at: number; readonly runId?: string }
  | { readonly kind: 'progress'; readonly at: number; readonly progress: QueryProgress }
  /** Tasks of the stages of one batch, as planned by Spark, the reading stage first. */
  | {
      readonly kind: 'tasks';
      readonly at: number;
      readonly stages: readonly number[];
      readonly runId?: string;
    }
  /** Tasks of the whole trial by their locality level; only on a cluster. */
  | {
      readonly kind: 'locality';
      readonly at: number;
      readonly tasks: TaskLocality;
      readonly runId?: string;
    }
  | {
      readonly kind: 'terminated';
      readonly at: number;
      readonly exception: string | null;
      readonly runId?: string;
    };

/** How many tasks ran how near to their data, by Spark's name for it: `PROCESS_LOCAL`, `NODE_LOCAL`, `RACK_LOCAL`, `ANY`. */
export type TaskLocality = Readonly<Record<string, number>>;

/** `id` stays the same when a query goes on from its checkpoint; `runId` is of one start. */
export interface QueryIdentity {
  readonly id: string;
  readonly runId: string;
  readonly name: string | null;
  /** Which turn of its trial begins with it, counted from 1; absent for a trial that runs in one go. */
  readonly turn?: number;
}
