import type { QueryProgress } from './query-progress.js';

/** An event reported by a running streaming query. `at`: milliseconds since 1970. */
export type ProgressEvent =
  | { readonly kind: 'started' | 'idle'; readonly at: number }
  | { readonly kind: 'progress'; readonly at: number; readonly progress: QueryProgress }
  /** Tasks of the stages of one batch, as planned by Spark, the reading stage first. */
  | { readonly kind: 'tasks'; readonly at: number; readonly stages: readonly number[] }
  | { readonly kind: 'terminated'; readonly at: number; readonly exception: string | null };
