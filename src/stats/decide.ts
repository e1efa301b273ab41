import type { Caution, PairedEstimate, Verdict } from '../model/run/comparison.js';
import { gateFamily, type GatedPair } from './gate-family.js';
import { estimatePairs, type DecisionRule } from './paired-estimate.js';
import type { PairedSample } from './paired-sample.js';
import { median } from './quantile.js';
import { robustDoubt } from './robust.js';

/** Throughput: more is better; batch time: less is better. */
export type Orientation = 'more-is-better' | 'less-is-better';

/** One of the two figures of a comparison: the one that decides first, and the one judged only after it. */
export interface Figure {
  readonly samples: readonly PairedSample[];
  readonly orientation: Orientation;
}

/** The verdicts on both figures of one comparison. */
export interface DecidedPair {
  readonly first: Verdict;
  readonly second: Verdict;
}

/** The comparisons of a report, in one order for both figures. */
interface Family {
  readonly first: Figure;
  readonly second: Figure;
  /** What an earlier look has decided stands, and is not tested again; undefined for what it left open. */
  readonly earlier: readonly (DecidedPair | undefined)[];
}

/**
 * Decides all comparisons of a report together, in input order (docs/method.md, "The verdict"):
 *  1. paired t estimates on logs; 2. the p values of all, gated and corrected as one family; 3. better or worse if
 *  rejected; 4. from eight blocks on only if Hodges-Lehmann and the exact sign-flip test agree, else inconclusive;
 *  5. else equivalent if two one-sided tests at the comparison's level say so; 6. else inconclusive.
 */
export function decide({ first, second, earlier }: Family, rule: DecisionRule): DecidedPair[] {
  const estimates = (figure: Figure) =>
    figure.samples.map((sample) => estimatePairs(sample, rule) ?? null);
  const [ofFirst, ofSecond] = [estimates(first), estimates(second)];
  const [sdOfFirst, sdOfSecond] = [medianSd(ofFirst), medianSd(ofSecond)];
  const testable = first.samples
    .map((_, index) => index)
    .filter((index) => earlier[index] !== undefined || typeof ofFirst[index]?.pValue === 'number');
  const pairs = testable.map((index): GatedPair => {
    const before = earlier[index];
    if (before !== undefined) return { first: forced(before.first), second: forced(before.second) };
    return { first: ofFirst[index]?.pValue ?? 1, second: ofSecond[index]?.pValue ?? null };
  });
  const share = rule.alpha / Math.max(1, testable.length);
  const gated = gateFamily(pairs, rule.alpha);
  return first.samples.map((_, index) => {
    const before = earlier[index];
    if (before !== undefined) return before;
    const found = gated[testable.indexOf(index)];
    const at = (figure: Figure, usualSd: number, tested: Tested | undefined) =>
      verdictOf(figure, index, { rule, share, usualSd, tested });
    const opened = found?.first.rejected === true;
    const decided = at(first, sdOfFirst, found?.first);
    const after = at(second, sdOfSecond, found?.second ?? undefined);
    return {
      first: decided,
      second: opened ? after : withoutJudgement(after, { kind: 'gate-shut' }),
    };
  });
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
  return { ...estimate, interval: null, pValue: null };
}

function medianSd(estimates: readonly (PairedEstimate | null)[]): number {
  return median(estimates.map((one) => one?.sd ?? null).filter((sd) => sd !== null)) ?? 0;
}

function forced({ kind }: Verdict): number {
  return kind === 'better' || kind === 'worse' ? 0 : 1;
}

interface Tested {
  readonly level: number;
  readonly rejected: boolean;
}

interface Place {
  readonly rule: DecisionRule;
  /** The equal share of α, for what the run could have detected. */
  readonly share: number;
  /** Median sd of all comparisons of the figure. */
  readonly usualSd: number;
  readonly tested: Tested | undefined;
}

function verdictOf(
  { samples, orientation }: Figure,
  index: number,
  { rule, share, usualSd, tested }: Place,
): Verdict {
  const sample = samples[index];
  const level = tested?.level ?? share;
  const estimate = sample && estimatePairs(sample, { ...rule, alpha: level });
  if (sample === undefined || estimate === undefined)
    return nothingToSay('no-complete-block', null);
  if (estimate.pValue === null) return nothingToSay('one-block', estimate);
  const { minimumDetectable = null } = estimatePairs(sample, { ...rule, alpha: share }) ?? {};
  const claimed = tested?.rejected === true;
  const doubt = claimed ? robustDoubt(sample.differences, estimate, rule) : undefined;
  return {
    kind: doubt === undefined ? kindOf(estimate, claimed, orientation) : 'inconclusive',
    estimate: { ...(doubt ? withZero(estimate) : estimate), minimumDetectable },
    adjustedP: Math.min(1, (estimate.pValue * rule.alpha) / level),
    unadjusted: null,
    cautions: [
      ...(estimate.sd === 0 ? [{ kind: 'zero-variance' } as const] : []),
      ...instability(estimate, samples.length, usualSd),
      ...(doubt === undefined ? [] : [doubt]),
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
  kind: 'no-complete-block' | 'one-block',
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

function kindOf(
  { gain, withinDelta }: PairedEstimate,
  claimed: boolean,
  orientation: Orientation,
): Verdict['kind'] {
  if (claimed) return gain > 0 === (orientation === 'more-is-better') ? 'better' : 'worse';
  return withinDelta ? 'equivalent' : 'inconclusive';
}

function instability({ sd }: PairedEstimate, comparisons: number, usualSd: number): Caution[] {
  if (sd === null || usualSd === 0 || comparisons < 3 || sd <= 2 * usualSd) return [];
  return [{ kind: 'unstable', timesMedian: sd / usualSd }];
}
