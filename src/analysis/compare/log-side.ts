import type { ImportedLog, LoggedQuery } from '../../model/log/imported-log.js';
import type { ComparedFigures, ComparedSide } from '../../model/compare/result-comparison.js';
import { median } from '../../stats/quantile.js';

/** Logs as one side of a comparison: each is one run of the job. */
export interface LogSide {
  readonly name: string;
  readonly logs: readonly ImportedLog[];
}

/** A query that both sides have. */
export interface QueryPair {
  /** As it is shown. */
  readonly name: string;
  /** As each side has it. */
  readonly names: { readonly before: string; readonly after: string };
  /** From each log that has the query, its start with most batches that count. */
  readonly one: readonly LoggedQuery[];
  readonly other: readonly LoggedQuery[];
}

/** Queries of the same name; a log of one query needs none. */
export function sharedQueries(before: LogSide, after: LogSide): QueryPair[] {
  const [names, others] = [namesOf(before), namesOf(after)];
  const [only, other] = [names[0], others[0]];
  const single = names.length === 1 && others.length === 1;
  const pairs = names
    .filter((name) => others.includes(name))
    .map((name) => ({ before: name, after: name }));
  const shared =
    single && only !== undefined && other !== undefined ? [{ before: only, after: other }] : pairs;
  return shared.map((pair) => ({
    name: pair.before === '' ? pair.after : pair.before,
    names: pair,
    one: named(before, pair.before),
    other: named(after, pair.after),
  }));
}

export function namesOf({ logs }: LogSide): string[] {
  return [...new Set(logs.flatMap(({ queries }) => queries.map(({ name }) => name ?? '')))];
}

function named({ logs }: LogSide, wanted: string): LoggedQuery[] {
  return logs.flatMap(({ queries }) => {
    const starts = queries.filter(
      ({ name, measurement }) => (name ?? '') === wanted && measurement.rowsPerSecond !== null,
    );
    const [longest] = starts.sort(
      (a, b) => b.measurement.counts.counted - a.measurement.counts.counted,
    );
    return longest ?? [];
  });
}

export function figuresOf(queries: readonly LoggedQuery[]): ComparedFigures {
  const rates = queries.flatMap(({ measurement }) => measurement.rowsPerSecond ?? []);
  const middle = median(rates);
  return {
    trials: queries.length,
    rowsPerSecond:
      middle === undefined
        ? null
        : { median: middle, low: Math.min(...rates), high: Math.max(...rates) },
    latencyMs: median(queries.flatMap(({ measurement }) => measurement.batchMs?.p50 ?? [])) ?? null,
  };
}

function startOf({ logs }: LogSide): number {
  return Math.min(...logs.flatMap(({ queries }) => queries.map(({ from }) => from)));
}

export function sideOfLogs(side: LogSide): ComparedSide {
  const from = startOf(side);
  return {
    name: side.name,
    startedAt: Number.isFinite(from) ? new Date(from).toISOString() : null,
    ...{ simulation: null, spark: null, logs: side.logs.length },
  };
}

export function hoursBetween(before: LogSide, after: LogSide): number | null {
  const hours = Math.abs(startOf(after) - startOf(before)) / 3_600_000;
  return Number.isFinite(hours) ? hours : null;
}
