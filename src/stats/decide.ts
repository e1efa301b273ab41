import type { Caution, PairedEstimate, Verdict } from '../model/run/comparison.js';
import { holmAdjusted } from './holm.js';
import { estimatePairs, type DecisionRule } from './paired-estimate.js';
import type { PairedSample } from './paired-sample.js';
import { median } from './quantile.js';
import { hodgesLehmann, signFlipP } from './robust.js';

/** Throughput: more is better; batch time: less is better. */
export type Orientation = 'more-is-better' | 'less-is-better';

/** From this many blocks on, a claim must also hold without assuming a normal distribution. */
const robustFrom = 8;

/**
 * Decides all configurations of a run together, in input order (docs/method.md, "The verdict"):
 *  1. paired t estimates on logs; 2. Holm over all p values; 3. better or worse if the adjusted p is below
 *  α; 4. from eight blocks on only if Hodges-Lehmann and the exact sign-flip test agree; 5. else equivalent if
 *  two one-sided tests say so; 6. else inconclusive.
 */
export function decide(
  samples: readonly PairedSample[],
  rule: DecisionRule,
  orientation: Orientation,
): Verdict[] {
  const estimates = samples.map((sample) => estimatePairs(sample, rule));
  const tested = estimates.map((estimate) => estimate?.pValue ?? null);
  const adjusted = holmAdjusted(tested.filter((p) => p !== null));
  const medianSd = median(estimates.map((e) => e?.sd ?? null).filter((sd) => sd !== null)) ?? 0;
  return samples.map((sample, index) => {
    const estimate = estimates[index];
    if (estimate === undefined) return nothingToSay('no-complete-block', null);
    if (estimate.pValue === null) return nothingToSay('one-block', estimate);
    const rank = tested.slice(0, index).filter((p) => p !== null).length;
    const adjustedP = adjusted[rank] ?? 1;
    const doubt =
      adjustedP < rule.alpha ? robustDoubt(sample.differences, estimate, rule) : undefined;
    const cautions = [
      ...(estimate.sd === 0 ? [{ kind: 'zero-variance' } as const] : []),
      ...instability(estimate, samples.length, medianSd),
      ...(doubt === undefined ? [] : [doubt]),
    ];
    const claimed = adjustedP < rule.alpha && doubt === undefined;
    const kind = kindOf(estimate, claimed, orientation);
    return { kind, estimate, adjustedP, unadjusted: null, cautions };
  });
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

function instability({ sd }: PairedEstimate, configurations: number, medianSd: number): Caution[] {
  if (sd === null || medianSd === 0 || configurations < 3 || sd <= 2 * medianSd) return [];
  return [{ kind: 'unstable', timesMedian: sd / medianSd }];
}

function robustDoubt(
  sample: readonly number[],
  { gain, sd }: PairedEstimate,
  { alpha, delta }: DecisionRule,
): Caution | undefined {
  if (sample.length < robustFrom) return undefined;
  // Normal noise alone separates the two by a fifth of the standard error, so half of it is no contradiction.
  const halfError = (sd ?? 0) / Math.sqrt(sample.length) / 2;
  const location = hodgesLehmann(sample) ?? 0;
  const robustGain = Math.exp(location) - 1;
  const flipP = signFlipP(sample) ?? 0;
  const agrees = Math.sign(robustGain) === Math.sign(gain) && flipP < alpha;
  const gap = Math.abs(location - Math.log(1 + gain));
  if (agrees && gap <= Math.max(delta / 2, halfError)) return undefined;
  return { kind: 'robust-disagrees', robustGain, signFlipP: flipP };
}
