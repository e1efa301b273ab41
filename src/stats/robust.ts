import { median } from './quantile.js';

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
