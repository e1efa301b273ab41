import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { seededRandom } from '../../src/model/seeded-random.js';
import { estimatePairs } from '../../src/stats/paired-estimate.js';
import { simulateBatches } from '../../src/execution/simulated/simulate-batches.js';

/*
 * Common analyses that claim differences where there are none. They show that this validation can tell a wrong method
 * from a right one.
 */

/** Whether a Mann-Whitney test on the pooled batches of one trial per side claims a difference between equals. */
export function pooledBatchesClaim(seed: number): boolean {
  const random = seededRandom(seed);
  const batchMs = () =>
    simulateBatches(
      {
        rowsPerSecond: 20_000 * Math.exp(0.1 * random.normal()),
        batches: 30,
        batchRows: 5_000,
        warmup: { depth: 0, batches: 1, firstBatch: 1 },
        noise: { sd: 0.1, correlation: 0.3 },
        startedAt: 0,
      },
      random,
    ).map((batch) => batch.durationMs['triggerExecution'] ?? 0);
  return mannWhitneyP(batchMs(), batchMs()) < 0.05;
}

/** Whether a t test claims a difference under a 10 % drift when all trials of A run before all of B. */
export function sequentialOrderClaims(seed: number): boolean {
  const random = seededRandom(seed);
  const logs = Array.from(
    { length: 16 },
    (_, slot) => (0.0953 * slot) / 16 + 0.03 * random.normal(),
  );
  return welchP(logs.slice(0, 8), logs.slice(8)) < 0.05;
}

/** Whether a paired t test at 5 % after every block from 3 to 12 claims a difference between equals in any of them. */
export function peekingClaims(seed: number): boolean {
  const random = seededRandom(seed);
  const differences = Array.from({ length: 12 }, () => random.normal());
  return differences.some((_, index) => {
    const estimate = estimatePairs(
      { differences: differences.slice(0, index + 1) },
      { alpha: 0.05, delta: 0.05 },
    );
    return index >= 2 && (estimate?.pValue ?? 1) < 0.05;
  });
}

/** Two-sided p by the normal approximation (Mann & Whitney 1947); simulated times have no ties. */
function mannWhitneyP(a: readonly number[], b: readonly number[]): number {
  const u = a.reduce((sum, x) => sum + b.filter((y) => y < x).length, 0);
  const mean = (a.length * b.length) / 2;
  const sd = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  return 2 * tCdf(-Math.abs(u - mean) / sd, 1e6);
}

/** Two-sided p of Welch's t test (Biometrika 34, 1947). */
function welchP(a: readonly number[], b: readonly number[]): number {
  const [first, second] = [a, b].map((sample) => {
    const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
    const square = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (sample.length - 1);
    return { mean, share: square / sample.length, freedom: sample.length - 1 };
  });
  if (first === undefined || second === undefined) return 1;
  const error = first.share + second.share;
  const freedom =
    error ** 2 / (first.share ** 2 / first.freedom + second.share ** 2 / second.freedom);
  return 2 * tCdf(-Math.abs(first.mean - second.mean) / Math.sqrt(error), freedom);
}
