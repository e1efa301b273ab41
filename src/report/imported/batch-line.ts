import type { QueryProgress } from '../../model/trial/query-progress.js';
import { count } from '../words/wording.js';
import { queryName } from './log-words.js';

/** One batch as a line, as it comes. */
export function renderBatch(batch: QueryProgress, name: string | null): string {
  const { runId, batchId, startedAt, numInputRows, durationMs } = batch;
  const ms = durationMs['triggerExecution'] ?? 0;
  const rate = ms > 0 ? `, ${count((1_000 * numInputRows) / ms)} rows/s` : '';
  const time = new Date(startedAt).toISOString().slice(11, 19);
  return `${time} ${queryName({ name, runId })} batch ${count(batchId)}: ${count(numInputRows)} rows in ${count(ms)} ms${rate}`;
}
