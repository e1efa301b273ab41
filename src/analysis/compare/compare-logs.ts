import type { Caution, Judgement, Verdict } from '../../model/run/comparison.js';
import type { LoggedQuery } from '../../model/log/imported-log.js';
import type { ComparedRow, ResultComparison } from '../../model/compare/result-comparison.js';
import { decide } from '../../stats/decide.js';
import { latency, throughput, type Aspect } from '../judge/contrast.js';
import { logDifferences } from './log-differences.js';
import {
  figuresOf,
  hoursBetween,
  namesOf,
  sharedQueries,
  sideOfLogs,
  type LogSide,
  type QueryPair,
} from './log-side.js';

/** As an experiment that declares nothing. */
const rule = { alpha: 0.05, delta: 0.05 };

/**
 * Compares the queries that two groups of logs have in common, as one family of claims. The replicate is the log: its
 * batches share a process and a moment, so two logs alone decide nothing, however long they are.
 */
export function compareLogs(before: LogSide, after: LogSide): ResultComparison {
  const pairs = sharedQueries(before, after);
  const isTold = pairs.some(({ one, other }) => Math.min(one.length, other.length) > 1);
  const judgements = decideQueries(pairs);
  const rows = pairs.flatMap(({ name, one, other }, index): ComparedRow[] => {
    const judgement = judgements[index];
    if (judgement === undefined) return [];
    const sides = { before: figuresOf(one), after: figuresOf(other) };
    return [
      { subject: { kind: 'query', name }, ...sides, ...withLimits(judgement, [...one, ...other]) },
    ];
  });
  const only = (side: LogSide, which: 'before' | 'after') =>
    namesOf(side)
      .filter((name) => !pairs.some(({ names }) => names[which] === name))
      .map((name) => ({ kind: 'query', name }) as const);
  return {
    before: sideOfLogs(before),
    after: sideOfLogs(after),
    ...{ how: 'unpaired', figure: 'throughput', ...rule, rows },
    differences: pairs.flatMap(({ name, one, other }) => logDifferences(name, one, other)),
    onlyBefore: only(before, 'before'),
    onlyAfter: only(after, 'after'),
    hoursApart: hoursBetween(before, after),
    slowerMachine: null,
    undecided: isTold ? null : 'one-log',
  };
}

function decideQueries(pairs: readonly QueryPair[]): Judgement[] {
  const logsOf = (queries: readonly LoggedQuery[], { figure }: Aspect) =>
    queries.flatMap(({ measurement }) => {
      const value = figure(measurement);
      return value === null || value <= 0 ? [] : [Math.log(value)];
    });
  const figureOf = (aspect: Aspect) => ({
    orientation: aspect.orientation,
    samples: pairs.map(({ one, other }) => ({
      changed: logsOf(other, aspect),
      reference: logsOf(one, aspect),
    })),
  });
  const family = {
    ...{ first: figureOf(throughput), second: figureOf(latency) },
    earlier: pairs.map(() => undefined),
  };
  return decide(family, rule).map(({ first, second }) => ({ throughput: first, latency: second }));
}

/** The rate of a query that waits for its trigger is that of its limit. */
function withLimits(judgement: Judgement, queries: readonly LoggedQuery[]): Judgement {
  if (!queries.some(({ measurement }) => measurement.rateLimited)) return judgement;
  const limit: Caution = { kind: 'rate-limited' };
  const add = (verdict: Verdict): Verdict => ({
    ...verdict,
    cautions: [limit, ...verdict.cautions],
  });
  return { throughput: add(judgement.throughput), latency: add(judgement.latency) };
}
