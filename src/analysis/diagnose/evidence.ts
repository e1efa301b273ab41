import type { LoggedQuery } from '../../model/log/imported-log.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';

/** What a question is answered from. */
export interface Evidence {
  readonly query: LoggedQuery;
  /** All batches with rows or without, in order. */
  readonly all: readonly QueryProgress[];
  /** The batches with rows after the warm-up. */
  readonly counted: readonly QueryProgress[];
}

export function batchMs({ durationMs }: QueryProgress): number {
  return durationMs['triggerExecution'] ?? 0;
}

export function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
