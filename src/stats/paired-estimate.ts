import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { PairedEstimate } from '../model/run/comparison.js';
import type { PairedSample } from './paired-sample.js';
import { detectableStandardErrors } from './power.js';

/** How certain a claim must be, and how small a difference does not matter. */
export interface DecisionRule {
  /** Two-sided error: of one comparison, or of all that are decided together. */
  readonly alpha: number;
  /** Gains within ±delta count as equivalent; 0.05 is ±5 %. */
  readonly delta: number;
  /** The smallest gain worth having, if one was declared. */
  readonly worthwhile?: number;
}

/** A spread of logs below this is floating-point error around zero. */
const roundingError = 1e-12;

/**
 * The paired analysis on the log scale (docs/method.md, "The verdict"), for d_b = ln candidate − ln baseline of each
 * block: gain = exp(mean d) − 1, interval exp(mean d ± t_{1−α/2,r−1} · s/√r) − 1, MDE = exp(ν · s/(m√r)) − 1 with ν from
 * `detectableStandardErrors` and m from `medianSpread`, equivalence by two one-sided t tests at α (Schuirmann 1987). Undefined without any block.
 * If adjusted for a covariate, the slope's error is added to that of the mean, and its degree of freedom taken from r − 1.
 */
export function estimatePairs(
  { differences, adjustment }: PairedSample,
  rule: DecisionRule,
): PairedEstimate | undefined {
  const blocks = differences.length;
  if (blocks === 0) return undefined;
  const mean = sum(differences) / blocks;
  const freedom = blocks - 1 - (adjustment?.lostFreedom ?? 0);
  if (freedom <= 0) return estimateFrom({ blocks, mean, spread: null }, rule);
  const found = Math.sqrt(sum(differences.map((d) => (d - mean) ** 2)) / freedom);
  const sd = withoutRounding(found);
  const standardError = Math.sqrt(sd ** 2 / blocks + (adjustment?.variance ?? 0));
  return estimateFrom({ blocks, mean, spread: { sd, standardError, freedom } }, rule);
}

/** A mean difference of logs, and how sure it is. */
interface Moments {
  readonly blocks: number;
  readonly mean: number;
  /** Null where there is too little to tell it. */
  readonly spread: {
    /** Of the difference of one trial on each side. */
    readonly sd: number;
    /** Of the mean. */
    readonly standardError: number;
    readonly freedom: number;
  } | null;
}

/** A standard deviation of logs, as none where it is floating-point error around zero. */
export function withoutRounding(sd: number): number {
  return sd < roundingError ? 0 : sd;
}

/** Everything that a t distribution says of a mean difference of logs, paired or not. */
export function estimateFrom(
  { blocks, mean, spread }: Moments,
  { alpha, delta }: DecisionRule,
): PairedEstimate {
  const gain = Math.exp(mean) - 1;
  if (spread === null) {
    const nothing = {
      ...{ interval: null, bounds: null, pValue: null, sd: null, minimumDetectable: null },
    };
    return { blocks, gain, confidence: 1 - alpha, ...nothing, withinDelta: false };
  }
  const { sd, standardError, freedom } = spread;
  const t = tQuantile(1 - alpha / 2, freedom);
  const oneSided = tQuantile(1 - alpha, freedom) * standardError;
  const oneSided95 = tQuantile(0.95, freedom) * standardError;
  return {
    blocks,
    gain,
    interval: {
      low: Math.exp(mean - t * standardError) - 1,
      high: Math.exp(mean + t * standardError) - 1,
    },
    bounds: { low: Math.expm1(mean - oneSided95), high: Math.expm1(mean + oneSided95) },
    confidence: 1 - alpha,
    pValue: pOf(mean, standardError, freedom),
    sd,
    minimumDetectable: Math.expm1(
      (detectableStandardErrors(freedom, alpha) * standardError) / medianSpread(freedom),
    ),
    withinDelta: mean - oneSided > Math.log(1 - delta) && mean + oneSided < Math.log(1 + delta),
  };
}

/**
 * The median of an estimated standard deviation, as a share of the true one: with few blocks it is too small more often
 * than not. From the median of χ² by Wilson & Hilferty (Proceedings of the National Academy of Sciences 17, 1931).
 */
function medianSpread(freedom: number): number {
  return (1 - 2 / (9 * freedom)) ** 1.5;
}

/** The gain that this many blocks (at least two) would show with 80 % power at α, if the noise were this sd. */
export function detectableWith(sd: number, blocks: number, alpha: number): number {
  return Math.expm1((detectableStandardErrors(blocks - 1, alpha) * sd) / Math.sqrt(blocks));
}

/** Two-sided p of a t test against zero; without any noise it is 0 for a difference and 1 for none. */
function pOf(mean: number, standardError: number, freedom: number): number {
  if (standardError === 0) return mean === 0 ? 1 : 0;
  return 2 * tCdf(-Math.abs(mean) / standardError, freedom);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
