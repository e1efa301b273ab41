import type { LoggedQuery } from '../../model/log/imported-log.js';
import type { SideDifference } from '../../model/compare/result-comparison.js';
import { median } from '../../stats/quantile.js';

/** From this share on, batches of another size are a difference of its own. */
const otherSize = 0.25;

/** What two groups of logs say of a query beside its speed. A query of another source does other work. */
export function logDifferences(
  key: string,
  before: readonly LoggedQuery[],
  after: readonly LoggedQuery[],
): SideDifference[] {
  const of = (what: SideDifference['what'], value: (query: LoggedQuery) => string) => {
    const [one, other] = [listOf(before, value), listOf(after, value)];
    return one === other
      ? []
      : [{ what, key, before: one, after: other, changesMeaning: what === 'data' }];
  };
  return [
    ...of('data', ({ sources }) => sources.join(', ')),
    ...of('setting', partitionsText),
    ...of('setting', ({ state }) =>
      state === null ? 'no state' : `state store ${state.store ?? 'unknown'}`,
    ),
    ...batchSizes(key, before, after),
  ];
}

function listOf(queries: readonly LoggedQuery[], value: (query: LoggedQuery) => string): string {
  return [...new Set(queries.map(value))].sort().join(' and ');
}

function partitionsText({ measurement: { shufflePartitions } }: LoggedQuery): string {
  return shufflePartitions === null
    ? 'no shuffle'
    : `${String(shufflePartitions)} shuffle partitions`;
}

function batchSizes(
  key: string,
  before: readonly LoggedQuery[],
  after: readonly LoggedQuery[],
): SideDifference[] {
  const sizeOf = (queries: readonly LoggedQuery[]) =>
    median(queries.flatMap(({ measurement }) => measurement.rowsPerBatch ?? []));
  const [one, other] = [sizeOf(before), sizeOf(after)];
  if (one === undefined || other === undefined) return [];
  if (Math.abs(other / one - 1) <= otherSize) return [];
  const sizes = { before: String(Math.round(one)), after: String(Math.round(other)) };
  return [{ what: 'rows-per-batch', key, ...sizes, changesMeaning: false }];
}
