import type { NextComparison, ResultComparison } from '../../model/compare/result-comparison.js';

/** What to do after a comparison: what keeps it from an answer comes first. */
export function nextComparison({
  undecided,
  rows,
  figure,
  how,
  delta,
}: ResultComparison): NextComparison {
  if (undecided !== null) return { kind: undecided === 'one-log' ? 'more-logs' : 'finish-run' };
  const verdicts = rows.map((row) => row[figure]);
  const kinds = new Set(verdicts.map(({ kind }) => kind));
  if (kinds.has('ineligible')) return { kind: 'see-why' };
  if (kinds.has('worse') || kinds.has('better')) {
    return { kind: how === 'paired' ? 'run-both' : 'measure-again' };
  }
  const missed = verdicts.flatMap(({ kind, estimate }) =>
    kind === 'inconclusive' ? [estimate?.minimumDetectable ?? Infinity] : [],
  );
  return missed.length === 0
    ? { kind: 'keep-either', delta }
    : { kind: 'more-trials', times: timesFor(Math.max(...missed), delta), change: delta };
}

/** The change that a comparison can detect shrinks with the root of its trials. */
function timesFor(missed: number, wanted: number): number {
  return missed < Infinity ? Math.max(2, Math.ceil((missed / wanted) ** 2)) : 2;
}
