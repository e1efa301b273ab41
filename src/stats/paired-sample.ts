import type { Slope } from './covariate.js';

/** Differences of logs, candidate − baseline, one for each complete block. */
export interface PairedSample {
  readonly differences: readonly number[];
  /** What evening out a covariate has cost; absent where nothing was evened out. */
  readonly adjustment?: {
    /** Variance that the slope's own error adds to the mean. */
    readonly variance: number;
    /** Degrees of freedom that the slope has used up, this comparison's share of one. */
    readonly lostFreedom: number;
  };
}

/** The pair of one block: difference of the logs, and of the covariate's logs; null where that is not known. */
export interface Pair {
  readonly difference: number;
  readonly covariate: number | null;
}

/**
 * Takes the covariate's part out of each difference: d − slope · z. The mean keeps the error of the slope,
 * z̄² · Var(slope), and the one degree of freedom that it used is shared by the comparisons that use it. A
 * pair without a reading stays as it is.
 */
export function adjustPairs(
  pairs: readonly Pair[],
  slope: Slope | undefined,
  comparisons: number,
): PairedSample {
  if (slope === undefined) return { differences: pairs.map(({ difference }) => difference) };
  const mean = pairs.reduce((sum, pair) => sum + (pair.covariate ?? 0), 0) / pairs.length;
  return {
    differences: pairs.map((pair) => pair.difference - slope.slope * (pair.covariate ?? 0)),
    adjustment: {
      variance: pairs.length === 0 ? 0 : mean ** 2 * slope.variance,
      lostFreedom: 1 / Math.max(1, comparisons),
    },
  };
}
