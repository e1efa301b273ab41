import type { QueryProgress } from '../../model/trial/query-progress.js';
import { count, plural } from './wording.js';

/** `batch 3: 5,000 rows in 812 ms, 6,158 rows/s`. */
export function batchText({ batchId, numInputRows, durationMs }: QueryProgress): string {
  const ms = durationMs['triggerExecution'] ?? 0;
  const rate = ms > 0 && numInputRows > 0 ? `, ${count((1_000 * numInputRows) / ms)} rows/s` : '';
  return `batch ${count(batchId)}: ${plural(numInputRows, 'row')} in ${count(ms)} ms${rate}`;
}
