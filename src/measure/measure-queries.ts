import type { OneQuery, SeveralQueries } from '../model/trial/measurement.js';
import type { ProgressEvent } from '../model/trial/progress-event.js';
import type { QueryProgress } from '../model/trial/query-progress.js';
import { queryNames } from './deciding-query.js';
import { measureTrial } from './measure-trial.js';
import { cutWarmup } from './warmup-cut.js';

/** Measures each query of a job by itself, and all of them together; undefined if there is only one. */
export function measureQueries(
  events: readonly ProgressEvent[],
  warmupSeconds: number,
): SeveralQueries | undefined {
  const names = queryNames(events);
  const byName = new Map<string, QueryProgress[]>();
  for (const name of names.values()) byName.set(name, []);
  if (byName.size < 2) return undefined;
  for (const event of events) {
    if (event.kind !== 'progress') continue;
    byName.get(names.get(event.progress.runId) ?? '')?.push(event.progress);
  }
  return {
    each: [...byName].map(([name, progress]) => oneQuery(name, progress, warmupSeconds)),
    together: together([...byName.values()], warmupSeconds),
  };
}

function oneQuery(
  name: string,
  progress: readonly QueryProgress[],
  warmupSeconds: number,
): OneQuery {
  if (progress.length === 0) return { name, rowsPerSecond: null, batchMs: null, inputRows: 0 };
  const measured = measureTrial(progress, { warmupSeconds });
  const { rowsPerSecond, batchMs, inputRows } = measured;
  return { name, rowsPerSecond, batchMs: batchMs?.p50 ?? null, inputRows };
}

function together(
  all: readonly (readonly QueryProgress[])[],
  warmupSeconds: number,
): number | null {
  const counted = all.map((progress) => cutWarmup(withRows(progress), warmupSeconds).counted);
  // Before, one of them is still warming up.
  const from = Math.max(...counted.map(([first]) => first?.startedAt ?? Infinity));
  const batches = counted.flat().filter(({ startedAt }) => startedAt >= from);
  if (batches.length === 0) return null;
  const to = Math.max(...batches.map(endOf));
  const rows = batches.reduce((sum, { numInputRows }) => sum + numInputRows, 0);
  return to > from ? (1_000 * rows) / (to - from) : null;
}

function withRows(progress: readonly QueryProgress[]): QueryProgress[] {
  return progress.filter(({ numInputRows }) => numInputRows > 0);
}

function endOf({ startedAt, durationMs }: QueryProgress): number {
  return startedAt + (durationMs['triggerExecution'] ?? 0);
}
