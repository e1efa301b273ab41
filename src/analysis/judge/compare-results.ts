import type { Configuration } from '../../model/configuration.js';
import type { NotCompared, ResultComparison } from '../../model/result/result-comparison.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { isSucceeded, type EndedTrial } from '../../model/trial/ended-trial.js';
import type { QueryResult, ResultState } from '../../model/trial/query-result.js';
import type { TrialIndex } from '../trial-index.js';
import { baselineSide } from './contrast.js';
import { resultDifference } from './result-difference.js';

/**
 * Whether a configuration's queries wrote what the baseline's wrote. Only trials that read the same records to their end
 * are compared, and only where the baseline's own trials agree with each other: then a difference comes from the knobs.
 */
export function compareResults(table: TrialIndex, candidate: Configuration): ResultComparison {
  const why = whyNotAtAll(table.run, candidate);
  if (why !== undefined) return { kind: 'not-compared', why };
  const succeeded = (side: readonly Configuration[]) =>
    side.flatMap(({ id }) => table.trialsOf(id)).filter(isSucceeded);
  const [own, baseline] = [succeeded([candidate]), succeeded(baselineSide(table.run))];
  const [first] = baseline;
  if (first === undefined || own.length === 0) {
    return { kind: 'not-compared', why: { kind: 'no-trial' } };
  }
  const names = queriesOf(first);
  if (names.length === 0) return { kind: 'not-compared', why: { kind: 'not-recorded' } };
  const found = names.map((query) => compareQuery(query, own, baseline));
  const [decisive] = found;
  return (
    found.find(({ kind }) => kind === 'differs') ??
    // Queries that cannot be read back take nothing from what is known of the others.
    found.find(({ kind }) => kind === 'same') ??
    decisive ?? { kind: 'not-compared', why: { kind: 'not-recorded' } }
  );
}

/** Knobs of the shipped job that ask for other rows. */
const shapesResult = ['job.aggregation', 'job.window', 'job.outputMode', 'job.sink'];

function whyNotAtAll(
  { experiment, plan }: TrialHistory,
  { knobs }: Configuration,
): NotCompared | undefined {
  const { mode, windowSeconds, result } = experiment.measurement;
  if (result === 'ignored') return { kind: 'ignored' };
  if (mode !== 'drain' || windowSeconds !== undefined) return { kind: 'window' };
  const baseline = plan.configurations.find(({ role }) => role === 'baseline')?.knobs ?? {};
  const asked = shapesResult.find((key) => (knobs[key] ?? null) !== (baseline[key] ?? null));
  const isOwn = experiment.job.kind === 'template' || asked === 'job.sink';
  return asked !== undefined && isOwn ? { kind: 'asked-for', knob: asked } : undefined;
}

function queriesOf({ results = [] }: EndedTrial): string[] {
  return results.map(({ query }) => query);
}

function compareQuery(
  query: string,
  own: readonly EndedTrial[],
  baseline: readonly EndedTrial[],
): ResultComparison {
  const of = ({ results = [] }: EndedTrial) => results.find((one) => one.query === query);
  const [ours, theirs] = [own.map(of), baseline.map(of)];
  const [first] = theirs;
  if (first === undefined) return { kind: 'not-compared', why: { kind: 'not-recorded' } };
  const unlike = whyUnlike([...theirs, ...ours], first);
  if (unlike !== undefined) return { kind: 'not-compared', why: unlike };
  const state = first.state;
  if (state === undefined) return { kind: 'not-compared', why: { kind: 'not-recorded' } };
  const differing = (side: readonly (QueryResult | undefined)[]) =>
    side.flatMap((one) => (one?.state === undefined || isSame(one.state, state) ? [] : one.state));
  const [unsteady] = differing(theirs);
  if (unsteady !== undefined) {
    const why = { kind: 'unsteady', ...resultDifference(query, unsteady, state) } as const;
    return { kind: 'not-compared', why };
  }
  const others = differing(ours);
  const [other] = others;
  if (other === undefined) return { kind: 'same', trials: ours.length, rows: state.rows };
  const counts = { trials: others.length, of: ours.length };
  return { kind: 'differs', ...counts, ...resultDifference(query, other, state) };
}

/** Why the results of some trials cannot be put side by side; undefined if they can. */
function whyUnlike(
  all: readonly (QueryResult | undefined)[],
  first: QueryResult,
): NotCompared | undefined {
  for (const one of all) {
    if (one === undefined) return { kind: 'not-recorded' };
    if (one.unread !== undefined) return one.unread;
    if (one.inputRows !== first.inputRows) {
      return { kind: 'other-rows', rows: one.inputRows, baselineRows: first.inputRows };
    }
    if (one.sink !== first.sink || one.mode !== first.mode) {
      return { kind: 'asked-for', knob: one.sink === first.sink ? 'outputMode' : 'sink' };
    }
  }
  return undefined;
}

function isSame(one: ResultState, other: ResultState): boolean {
  return one.rows === other.rows && one.digest === other.digest;
}
