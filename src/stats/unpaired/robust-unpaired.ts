import type { Caution, PairedEstimate } from '../../model/run/comparison.js';
import { mean } from '../mean.js';
import type { DecisionRule } from '../paired-estimate.js';
import { median } from '../quantile.js';
import { disagreement, robustFrom } from '../robust.js';
import type { UnpairedSample } from './unpaired-sample.js';

/** With more ways to deal the trials out, there are too many to enumerate; a t test needs no check there. */
const mostWays = 200_000;

/** The Hodges-Lehmann estimate of a shift: the median of all differences (Annals of Math. Stat. 34, 1963). */
export function shiftOf({ changed, reference }: UnpairedSample): number | undefined {
  return median(changed.flatMap((one) => reference.map((other) => one - other)));
}

/**
 * Exact two-sided p of the permutation test on the difference of means: the share of all ways to deal the trials out to
 * the two sides with a difference at least as large as the observed one (Pitman, Supplement to the Journal of the Royal
 * Statistical Society 4, 1937). Undefined where there are too many ways.
 */
export function permutationP({ changed, reference }: UnpairedSample): number | undefined {
  const all = [...changed, ...reference];
  if (waysToChoose(all.length, changed.length) > mostWays) return undefined;
  const center = mean(all);
  const values = all.map((value) => value - center);
  // All deviations add up to none, so those of one side say how far apart the means are.
  const observed = Math.abs(changed.reduce((sum, value) => sum + value - center, 0));
  const least = observed - 1e-12 * Math.max(1, observed);
  let [ways, extreme] = [0, 0];
  const deal = (next: number, left: number, sum: number) => {
    if (left === 0) {
      ways += 1;
      if (Math.abs(sum) >= least) extreme += 1;
      return;
    }
    for (let index = next; index <= values.length - left; index += 1) {
      deal(index + 1, left - 1, sum + (values[index] ?? 0));
    }
  };
  deal(0, changed.length, 0);
  return extreme / ways;
}

/**
 * Why a claim on trials without blocks does not hold without assuming a normal distribution; undefined if it does, or
 * with fewer than eight trials on a side.
 */
export function robustDoubtUnpaired(
  sample: UnpairedSample,
  { gain, sd }: PairedEstimate,
  rule: DecisionRule,
): Caution | undefined {
  const trials = Math.min(sample.changed.length, sample.reference.length);
  if (trials < robustFrom) return undefined;
  const standardError = (sd ?? 0) / Math.sqrt(trials);
  const location = shiftOf(sample) ?? 0;
  return disagreement({ location, p: permutationP(sample) ?? 0, standardError }, gain, rule);
}

function waysToChoose(of: number, many: number): number {
  let ways = 1;
  for (let step = 1; step <= many; step += 1) ways *= (of - many + step) / step;
  return ways;
}
