import type { Measurement, OneQuery, SeveralQueries } from '../../model/trial/measurement.js';
import { median } from '../../stats/quantile.js';

/** The queries of a configuration with several, medians over its trials; null where there is one. */
export function severalQueries(measurements: readonly Measurement[]): SeveralQueries | null {
  const found = measurements.flatMap(({ queries }) => queries ?? []);
  const [first] = found;
  if (first === undefined) return null;
  return {
    each: first.each.map(({ name }) =>
      middleOf(found.flatMap(({ each }) => each.filter((one) => one.name === name))),
    ),
    together: middle(found.map(({ together }) => together)),
  };
}

function middleOf(queries: readonly OneQuery[]): OneQuery {
  return {
    name: queries[0]?.name ?? '',
    rowsPerSecond: middle(queries.map(({ rowsPerSecond }) => rowsPerSecond)),
    batchMs: middle(queries.map(({ batchMs }) => batchMs)),
    inputRows: middle(queries.map(({ inputRows }) => inputRows)) ?? 0,
  };
}

function middle(values: readonly (number | null)[]): number | null {
  return median(values.filter((value) => value !== null)) ?? null;
}
