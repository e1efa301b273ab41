import type { Caution, PairedEstimate } from '../model/run/comparison.js';
import type { DecisionRule } from './paired-estimate.js';
import { median } from './quantile.js';

/** From this many blocks on, a claim must also hold without assuming a normal distribution. */
export const robustFrom = 8;

/** The Hodges-Lehmann estimate of location: the median of all pairwise means (Annals of Math. Stat. 34, 1963). */
export function hodgesLehmann(sample: readonly number[]): number | undefined {
  const means = sample.flatMap((a, index) => sample.slice(index).map((b) => (a + b) / 2));
  return median(means);
}

/** With more blocks, there are too many sign patterns to enumerate; a t test needs no check there. */
const mostBlocks = 16;

/**
 * Exact two-sided p of the sign-flip test: the share of all 2^r sign patterns whose sum is at least as far from zero as
 * the observed one (Fisher 1935, section 21). Undefined above sixteen blocks.
 */
export function signFlipP(differences: readonly number[]): number | undefined {
  if (differences.length > mostBlocks) return undefined;
  const observed = Math.abs(differences.reduce((total, d) => total + d, 0));
  const tolerance = 1e-12 * Math.max(1, observed);
  const patterns = 2 ** differences.length;
  let extreme = 0;
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    let flipped = 0;
    for (const [index, d] of differences.entries()) flipped += (pattern >> index) & 1 ? d : -d;
    if (Math.abs(flipped) >= observed - tolerance) extreme += 1;
  }
  return extreme / patterns;
}

/**
 * Why a claim does not hold without assuming a normal distribution; undefined if it does, or with fewer than eight blocks.
 * The sign-flip test is held against the whole α: with eight blocks its p cannot fall below .008.
 */
export function robustDoubt(
  differences: readonly number[],
  { gain, sd }: PairedEstimate,
  { alpha, delta }: DecisionRule,
): Caution | undefined {
  if (differences.length < robustFrom) return undefined;
  const standardError = (sd ?? 0) / Math.sqrt(differences.length);
  const location = hodgesLehmann(differences) ?? 0;
  const flipP = signFlipP(differences) ?? 0;
  return disagreement({ location, p: flipP, standardError }, gain, { alpha, delta });
}

/** What tests without a normal distribution say of a claimed gain, if they do not bear it out. */
export function disagreement(
  {
    location,
    p,
    standardError,
  }: { readonly location: number; readonly p: number; readonly standardError: number },
  gain: number,
  { alpha, delta }: Pick<DecisionRule, 'alpha' | 'delta'>,
): Caution | undefined {
  // Normal noise alone separates the two by a fifth of the standard error, so half of it is no contradiction.
  const robustGain = Math.exp(location) - 1;
  const agrees = Math.sign(robustGain) === Math.sign(gain) && p < alpha;
  const gap = Math.abs(location - Math.log(1 + gain));
  if (agrees && gap <= Math.max(delta / 2, standardError / 2)) return undefined;
  return { kind: 'robust-disagrees', robustGain, signFlipP: p };
}
