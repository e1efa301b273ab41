import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { PairedComparison } from '../model/comparison.js';

export interface Pair {
  readonly baseline: number;
  readonly candidate: number;
}

const alpha = 0.05;
const power = 0.8;

/**
 * Compares positive figures on the log scale, paired within blocks (measurement.md, section 2):
 * d = ln candidate − ln baseline, gain = exp(mean d) − 1, interval exp(mean d ± t·s/√r) − 1,
 * MDE = exp((t_{1−α/2} + t_{.8})·s/√r) − 1. Undefined without any pair of positive figures.
 */
export function comparePairs(pairs: readonly Pair[]): PairedComparison | undefined {
  const differences = pairs
    .filter((pair) => pair.baseline > 0 && pair.candidate > 0)
    .map((pair) => Math.log(pair.candidate / pair.baseline));
  const blocks = differences.length;
  if (blocks === 0) return undefined;
  const mean = sum(differences) / blocks;
  const gain = Math.exp(mean) - 1;
  if (blocks === 1)
    return { blocks, gain, interval: null, minimumDetectable: null, verdict: 'inconclusive' };
  const variance = sum(differences.map((d) => (d - mean) ** 2)) / (blocks - 1);
  const standardError = Math.sqrt(variance / blocks);
  const t = tQuantile(1 - alpha / 2, blocks - 1);
  const low = Math.exp(mean - t * standardError) - 1;
  const high = Math.exp(mean + t * standardError) - 1;
  return {
    blocks,
    gain,
    interval: { low, high },
    verdict: low > 0 ? 'higher' : high < 0 ? 'lower' : 'inconclusive',
    minimumDetectable: Math.exp((t + tQuantile(power, blocks - 1)) * standardError) - 1,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
