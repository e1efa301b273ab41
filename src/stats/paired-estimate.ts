import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { PairedEstimate } from '../model/run/comparison.js';
import type { PairedSample } from './paired-sample.js';

/** How certain a claim must be, and how small a difference does not matter. */
export interface DecisionRule {
  /** Two-sided error of a claim; 0.05 unless several looks share it. */
  readonly alpha: number;
  /** Gains within ±delta count as equivalent; 0.05 is ±5 %. */
  readonly delta: number;
}

const power = 0.8;
/** A spread of logs below this is floating-point error around zero. */
const roundingError = 1e-12;

/**
 * The paired analysis on the log scale (docs/method.md, "The verdict"), for d_b = ln candidate − ln baseline of each
 * block: gain = exp(mean d) − 1, interval exp(mean d ± t_{1−α/2,r−1} · s/√r) − 1, MDE = exp((t_{1−α/2,r−1} +
 * t_{.8,r−1}) · s/√r) − 1, equivalence by two one-sided t tests at α (Schuirmann 1987). Undefined without any block. If
 * adjusted for a covariate, the slope's error is added to that of the mean, and its degree of freedom taken from r − 1.
 */
export function estimatePairs(
  { differences, adjustment }: PairedSample,
  { alpha, delta }: DecisionRule,
): PairedEstimate | undefined {
  const blocks = differences.length;
  if (blocks === 0) return undefined;
  const mean = sum(differences) / blocks;
  const gain = Math.exp(mean) - 1;
  const freedom = blocks - 1 - (adjustment?.lostFreedom ?? 0);
  if (freedom <= 0) {
    const nothing = { interval: null, pValue: null, sd: null, minimumDetectable: null };
    return { blocks, gain, ...nothing, withinDelta: false };
  }
  const spread = Math.sqrt(sum(differences.map((d) => (d - mean) ** 2)) / freedom);
  const sd = spread < roundingError ? 0 : spread;
  const standardError = Math.sqrt(sd ** 2 / blocks + (adjustment?.variance ?? 0));
  const t = tQuantile(1 - alpha / 2, freedom);
  const oneSided = tQuantile(1 - alpha, freedom) * standardError;
  return {
    blocks,
    gain,
    interval: {
      low: Math.exp(mean - t * standardError) - 1,
      high: Math.exp(mean + t * standardError) - 1,
    },
    pValue: pOf(mean, standardError, freedom),
    sd,
    minimumDetectable: minimumDetectable(standardError, freedom, alpha),
    withinDelta: mean - oneSided > Math.log(1 - delta) && mean + oneSided < Math.log(1 + delta),
  };
}

/** The gain that this many blocks (at least two) would show with 80 % power at 5 %, if the noise were this sd. */
export function detectableWith(sd: number, blocks: number): number {
  return minimumDetectable(sd / Math.sqrt(blocks), blocks - 1, 0.05);
}

/** The gain that a mean with this standard error and these degrees of freedom would show with 80 % power. */
function minimumDetectable(standardError: number, freedom: number, alpha: number): number {
  const t = tQuantile(1 - alpha / 2, freedom) + tQuantile(power, freedom);
  return Math.exp(t * standardError) - 1;
}

/** Two-sided p of a t test against zero; without any noise it is 0 for a difference and 1 for none. */
function pOf(mean: number, standardError: number, freedom: number): number {
  if (standardError === 0) return mean === 0 ? 1 : 0;
  return 2 * tCdf(-Math.abs(mean) / standardError, freedom);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
