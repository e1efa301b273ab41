import type { Symptom } from '../../model/log/diagnosis.js';
import type { Evidence } from './evidence.js';

/** Whether a batch reads its offsets several times, once for each action of `foreachBatch` without a cache. */
export function readAgain({ query }: Evidence): Symptom | undefined {
  const { inputRows, offsetRows } = query.measurement;
  const times = offsetRows > 0 ? inputRows / offsetRows : 0;
  return times >= 1.9 ? { kind: 'read-again', times } : undefined;
}

/** Whether queries of one log read the same source at the same time, each for itself. */
export function sharedSource(
  { query }: Evidence,
  others: readonly Evidence[],
): Symptom | undefined {
  for (const source of query.sources.filter((one) => one !== '')) {
    const reading = others.filter(
      ({ query: other }) =>
        other.sources.includes(source) && other.from < query.to && query.from < other.to,
    );
    if (reading.length > 1) return { kind: 'shared-source', source, queries: reading.length };
  }
  return undefined;
}
