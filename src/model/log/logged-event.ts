import type { QueryProgress } from '../trial/query-progress.js';

/** What a log says of a streaming query. */
export type LoggedEvent =
  | { readonly kind: 'started'; readonly runId: string; readonly name: string | null }
  | { readonly kind: 'progress'; readonly progress: QueryProgress }
  | { readonly kind: 'terminated'; readonly runId: string; readonly exception: string | null };
