import type { Caution, Verdict } from '../model/run/comparison.js';
import type { Configuration } from '../model/configuration.js';
import { baselineSide, latency, throughput, type Contrast } from './contrast.js';
import { decideContrasts } from './decide-contrasts.js';
import { failuresOf, type TrialIndex } from './trial-index.js';
import { whyIneligible } from './eligibility.js';

export interface Judgement {
  readonly throughput: Verdict;
  readonly latency: Verdict;
}

/** The verdicts on every configuration except the baseline, by configuration id. */
export function judgeRun(table: TrialIndex): Map<string, Judgement> {
  const { configurations } = table.run.plan;
  const candidates = configurations.filter((one) => one.role === 'candidate');
  const judgements = new Map<string, Judgement>();
  const eligible: Configuration[] = [];
  for (const candidate of candidates) {
    const caution = whyIneligible(table, candidate);
    if (caution === undefined) eligible.push(candidate);
    else judgements.set(candidate.id, both(ineligible([caution])));
  }
  const ranked = eligible.filter((candidate) => candidate.inert === undefined);
  const placebos = eligible.filter((candidate) => candidate.inert !== undefined);
  judge(table, ranked).forEach((found, id) => judgements.set(id, found));
  judge(table, placebos).forEach((found, id) =>
    judgements.set(id, { throughput: asInert(found.throughput), latency: asInert(found.latency) }),
  );
  const aa = judgeAgain(table);
  if (aa !== undefined) judgements.set('aa', aa);
  return judgements;
}

/** A verdict based on failures or different data, not on speed. */
export function ineligible(cautions: readonly Caution[]): Verdict {
  return { kind: 'ineligible', estimate: null, adjustedP: null, unadjusted: null, cautions };
}

/** Any difference measured for an inert knob is noise by definition, and is never ranked. */
export function asInert(verdict: Verdict): Verdict {
  const cautions = verdict.cautions.filter(({ kind }) => kind !== 'no-complete-block');
  return { ...verdict, kind: 'inert', cautions };
}

function both(verdict: Verdict): Judgement {
  return { throughput: verdict, latency: verdict };
}

function judge(table: TrialIndex, candidates: readonly Configuration[]): Map<string, Judgement> {
  const reference = baselineSide(table.run);
  const comparisons = candidates.map((candidate) => [{ changed: [candidate], reference }]);
  const [first, second] = decideBoth(table, comparisons);
  const judgements = new Map<string, Judgement>();
  for (const [index, candidate] of candidates.entries()) {
    const [byThroughput, byLatency] = [first[index], second[index]];
    if (byThroughput === undefined || byLatency === undefined) continue;
    const add = (verdict: Verdict): Verdict => ({
      ...verdict,
      cautions: [...cautionsOf(table, candidate), ...verdict.cautions],
    });
    judgements.set(candidate.id, { throughput: add(byThroughput), latency: add(byLatency) });
  }
  return judgements;
}

/** Verdicts on throughput and latency, in the order of the comparisons. */
export function decideBoth(
  table: TrialIndex,
  comparisons: readonly (readonly Contrast[])[],
): readonly [Verdict[], Verdict[]] {
  return [
    decideContrasts(table, comparisons, throughput),
    decideContrasts(table, comparisons, latency),
  ];
}

/** What the reader of a verdict must know about its trials. */
function cautionsOf({ trialsOf }: TrialIndex, { id, inert }: Configuration): Caution[] {
  const trials = trialsOf(id);
  const failed = failuresOf(trials).length;
  const limited = trials.filter(({ measurement }) => measurement?.rateLimited === true).length;
  return [
    ...(inert === undefined ? [] : [{ kind: 'cannot-act', ...inert } as const]),
    ...(failed === 0 ? [] : [{ kind: 'failed-trials', trials: failed } as const]),
    ...(limited > trials.length / 2 ? [{ kind: 'rate-limited' } as const] : []),
  ];
}

/** The baseline against itself: a control, not a claim, so it is not part of Holm's family. */
function judgeAgain(table: TrialIndex): Judgement | undefined {
  const baseline = table.run.plan.configurations.filter((one) => one.role === 'baseline');
  const again = table.run.plan.configurations.filter((one) => one.role === 'baseline-repeat');
  if (baseline.length === 0 || again.length === 0) return undefined;
  const contrast = { changed: again, reference: baseline };
  const [[byThroughput], [byLatency]] = decideBoth(table, [[contrast]]);
  return byThroughput === undefined || byLatency === undefined
    ? undefined
    : { throughput: byThroughput, latency: byLatency };
}
