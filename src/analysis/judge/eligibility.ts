import type { Caution, Judgement, Verdict } from '../../model/run/comparison.js';
import type { Configuration } from '../../model/configuration.js';
import type { Measurement } from '../../model/trial/measurement.js';
import type { EndedTrial } from '../../model/trial/ended-trial.js';
import { candidatesOf, cellOf } from '../../model/trial/plan.js';
import { estimateOnly } from '../../stats/verdict-of.js';
import { fisherP } from '../../stats/fisher.js';
import { baselineSide } from './contrast.js';
import { compareResults } from './compare-results.js';
import { decideFamily } from './decide-family.js';
import { failuresOf, measurementsOf, type TrialIndex } from '../trial-index.js';

/** A share of dropped rows this far above the baseline's is a different result, not a faster one. */
const droppedShare = 0.001;
/** Trials that drain the same backlog read the same number of rows, within this share. */
const inputShare = 0.01;

/**
 * The verdict on a configuration that needs no test of its speed: it failed, did other work than the baseline, or cannot
 * differ from it. Undefined if it can be compared.
 */
export function judgedWithoutTest(
  table: TrialIndex,
  candidate: Configuration,
): Judgement | undefined {
  const why = whyIneligible(table, candidate);
  if (why !== undefined) return both({ ...without('ineligible'), cautions: [why] });
  if (candidate.inert === undefined) return undefined;
  return inertJudgement(table, candidate);
}

/** Any difference measured for an inert knob is noise by definition, and is never ranked. */
function inertJudgement(table: TrialIndex, candidate: Configuration): Judgement {
  const contrasts = [{ changed: [candidate], reference: baselineSide(table.run) }];
  const [found] = decideFamily(table, [{ contrasts, upTo: Infinity, earlier: undefined }]);
  const cautions =
    candidate.inert === undefined ? [] : [{ kind: 'cannot-act', ...candidate.inert } as const];
  const asInert = (verdict: Verdict | undefined): Verdict => ({
    ...without('inert'),
    estimate: verdict?.estimate ? estimateOnly(verdict.estimate) : null,
    cautions,
  });
  return { throughput: asInert(found?.throughput), latency: asInert(found?.latency) };
}

function both(verdict: Verdict): Judgement {
  return { throughput: verdict, latency: verdict };
}

function without(kind: 'ineligible' | 'inert'): Verdict {
  return { kind, estimate: null, adjustedP: null, unadjusted: null, cautions: [] };
}

function whyIneligible(table: TrialIndex, candidate: Configuration): Caution | undefined {
  const own = measurementsOf(table, [candidate]);
  const reference = measurementsOf(table, baselineSide(table.run));
  return (
    failed(table, candidate) ??
    droppedData(own, reference) ??
    otherInput(table, own, reference) ??
    otherResult(table, candidate)
  );
}

/** Whether it writes something else than the baseline, from the same records. */
function otherResult(table: TrialIndex, candidate: Configuration): Caution | undefined {
  const found = compareResults(table, candidate);
  if (found.kind !== 'differs') return undefined;
  return { ...found, kind: 'other-result' };
}

/**
 * It failed more often than the baseline by an exact test, at an equal share of 5 % for each candidate, or each time in
 * two blocks or more while the baseline did not.
 */
function failed(table: TrialIndex, candidate: Configuration): Caution | undefined {
  const own = failureRate(table, [candidate]);
  const baseline = failureRate(table, baselineSide(table.run));
  const candidates = candidatesOf(table.run.plan);
  const always = own.trials >= 2 && own.hits === own.trials && baseline.hits < baseline.trials;
  if (!always && !(fisherP(own, baseline) < 0.05 / Math.max(1, candidates.length)))
    return undefined;
  return { kind: 'failed-blocks', blocks: own.hits, of: own.trials };
}

/** Trials that failed by what they ran, of all whose result is known; a retried trial counts once. */
function failureRate({ trialsOf }: TrialIndex, side: readonly Configuration[]) {
  const trials = side.flatMap(({ id }) => trialsOf(id));
  const hits = side.flatMap(({ id }) => failuresOf(trialsOf(id))).filter(isOwnFailure);
  const cells = new Set(trials.map(({ trial }) => cellOf(trial)));
  const failedCells = new Set(hits.map(({ trial }) => cellOf(trial)));
  return { hits: failedCells.size, trials: cells.size };
}

/** Not stopped on request, not too short to be measured, and no fault of the infrastructure. */
function isOwnFailure({ outcome }: EndedTrial): boolean {
  if (outcome.kind === 'canceled') return false;
  if (outcome.kind === 'invalid')
    return outcome.insufficient !== true && outcome.infrastructure !== true;
  return outcome.kind !== 'failed' || outcome.infrastructure !== true;
}

function droppedData(
  own: readonly Measurement[],
  reference: readonly Measurement[],
): Caution | undefined {
  const shareOf = (measurements: readonly Measurement[]) => {
    const read = sum(measurements, ({ inputRows }) => inputRows);
    return read === 0 ? 0 : sum(measurements, (m) => m.droppedByWatermark) / read;
  };
  const [share, baselineShare] = [shareOf(own), shareOf(reference)];
  return share > baselineShare + droppedShare
    ? { kind: 'dropped-data', share, baselineShare }
    : undefined;
}

/** Only checked if no window stops the trials: then all of them read the whole backlog. */
function otherInput(
  { run }: TrialIndex,
  own: readonly Measurement[],
  reference: readonly Measurement[],
): Caution | undefined {
  if (run.experiment.measurement.windowSeconds !== undefined) return undefined;
  if (own.length === 0 || reference.length === 0) return undefined;
  const meanOf = (all: readonly Measurement[]) => sum(all, (m) => m.inputRows) / all.length;
  const [rows, baselineRows] = [meanOf(own), meanOf(reference)];
  return Math.abs(rows - baselineRows) > inputShare * baselineRows
    ? { kind: 'other-input', rows, baselineRows }
    : undefined;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
