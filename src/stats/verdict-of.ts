import type { Caution, PairedEstimate, Verdict } from '../model/run/comparison.js';
import type { Tested } from './gate-family.js';
import { doubtOf, estimateSample, isPaired, type Sample } from './estimate-sample.js';
import type { DecisionRule } from './paired-estimate.js';

/** Throughput: more is better; batch time: less is better. */
export type Orientation = 'more-is-better' | 'less-is-better';

/** One of the two figures of a comparison: the one that decides first, and the one judged only after it. */
export interface Figure {
  readonly samples: readonly Sample[];
  readonly orientation: Orientation;
}

/** Where a comparison stands in its family. */
interface Place {
  readonly rule: DecisionRule;
  /** The equal share of α, for what the run could have detected. */
  readonly share: number;
  /** Median sd of all comparisons of the figure. */
  readonly usualSd: number;
  readonly tested: Tested | undefined;
}

/** The verdict on one comparison, by what its family decided on it. */
export function verdictOf(
  { samples, orientation }: Figure,
  index: number,
  { rule, share, usualSd, tested }: Place,
): Verdict {
  const sample = samples[index];
  const level = tested?.level ?? share;
  const estimate = sample && estimateSample(sample, { ...rule, alpha: level });
  if (sample === undefined || estimate === undefined)
    return nothingToSay(
      sample === undefined || isPaired(sample) ? 'no-complete-block' : 'no-trial',
      null,
    );
  if (estimate.pValue === null)
    return nothingToSay(isPaired(sample) ? 'one-block' : 'one-trial', estimate);
  const { minimumDetectable = null } = estimateSample(sample, { ...rule, alpha: share }) ?? {};
  const claimed = tested?.rejected === true;
  const doubt = claimed ? doubtOf(sample, estimate, rule) : undefined;
  const small = smallGain(estimate, { orientation, rule });
  const kind =
    doubt === undefined ? kindOf(estimate, { claimed, orientation, small }) : 'inconclusive';
  return {
    kind,
    estimate: { ...(doubt ? withZero(estimate) : estimate), minimumDetectable },
    adjustedP: Math.min(1, (estimate.pValue * rule.alpha) / level),
    unadjusted: null,
    cautions: [
      ...(estimate.sd === 0 ? [{ kind: 'zero-variance' } as const] : []),
      ...instability(estimate, samples.length, usualSd),
      ...(doubt === undefined ? [] : [doubt]),
      ...(kind === 'not-worthwhile' && small !== undefined ? [small] : []),
    ],
  };
}

/** The interval of a claim that was taken back reaches to zero, or it would still look like one. */
function withZero(estimate: PairedEstimate): PairedEstimate {
  const { interval } = estimate;
  if (interval === null) return estimate;
  return {
    ...estimate,
    interval: { low: Math.min(interval.low, 0), high: Math.max(interval.high, 0) },
  };
}

function nothingToSay(
  kind: 'no-complete-block' | 'one-block' | 'no-trial' | 'one-trial',
  estimate: PairedEstimate | null,
): Verdict {
  return {
    kind: 'inconclusive',
    estimate,
    adjustedP: null,
    unadjusted: null,
    cautions: [{ kind }],
  };
}

interface Kinds {
  readonly claimed: boolean;
  readonly orientation: Orientation;
  /** Set where the gain is surely below the smallest one worth having. */
  readonly small: Caution | undefined;
}

function kindOf(
  { gain, withinDelta }: PairedEstimate,
  { claimed, orientation, small }: Kinds,
): Verdict['kind'] {
  if (claimed) return gain > 0 === (orientation === 'more-is-better') ? 'better' : 'worse';
  if (withinDelta) return 'equivalent';
  return small === undefined ? 'inconclusive' : 'not-worthwhile';
}

/** The largest gain that is still plausible, if it is below the smallest one worth having. */
function smallGain(
  { bounds }: Pick<PairedEstimate, 'bounds'>,
  {
    orientation,
    rule: { worthwhile },
  }: { readonly orientation: Orientation; readonly rule: DecisionRule },
): Caution | undefined {
  if (worthwhile === undefined || bounds === null) return undefined;
  const more = orientation === 'more-is-better';
  const atMost = more ? bounds.high : bounds.low;
  const isSmall = more ? atMost < worthwhile : atMost > -worthwhile;
  return isSmall ? { kind: 'not-worthwhile', atMost, worthwhile } : undefined;
}

function instability({ sd }: PairedEstimate, comparisons: number, usualSd: number): Caution[] {
  if (sd === null || usualSd === 0 || comparisons < 3 || sd <= 2 * usualSd) return [];
  return [{ kind: 'unstable', timesMedian: sd / usualSd }];
}

/** Takes the verdict away and leaves the estimate, without an interval that would read like one. */
export function withoutJudgement(verdict: Verdict, why: Caution): Verdict {
  const { estimate } = verdict;
  return {
    kind: 'not-judged',
    estimate: estimate === null ? null : estimateOnly(estimate),
    adjustedP: null,
    unadjusted: null,
    cautions: [why, ...verdict.cautions.filter(({ kind }) => kind !== 'robust-disagrees')],
  };
}

/** The estimate of what nobody has judged: without an interval, or a p value, that would read like a verdict. */
export function estimateOnly(estimate: PairedEstimate): PairedEstimate {
  return { ...estimate, interval: null, bounds: null, pValue: null };
}
