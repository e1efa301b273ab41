import type { Slope } from './covariate.js';

/** Differences of logs, candidate − baseline, one per complete block. */
export interface PairedSample {
  readonly differences: readonly number[];
  /** The cost of adjusting for a covariate; absent without an adjustment. */
  readonly adjustment?: {
    /** Variance that the slope's own error adds to the mean. */
    readonly variance: number;
    /** Degrees of freedom used by the slope: this comparison's share of one. */
    readonly lostFreedom: number;
  };
}

/** The pair of one block: difference of the logs, and of the covariate's logs; the latter is null if unknown. */
export interface Pair {
  readonly difference: number;
  readonly covariate: number | null;
}

/**
 * Removes the covariate's part from each difference: d − slope · z. The mean gets the slope's error, z̄² · Var(slope),
 * and the comparisons that use the slope share its one degree of freedom. A pair without a reading stays as it is.
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
