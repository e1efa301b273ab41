import type { PairedEstimate } from '../../model/run/comparison.js';
import { mean } from '../mean.js';
import { estimateFrom, withoutRounding, type DecisionRule } from '../paired-estimate.js';
import type { UnpairedSample } from './unpaired-sample.js';

/**
 * Welch's comparison of two means on the log scale, for trials of different days: gain = exp(mean changed − mean
 * reference) − 1, with the standard error √(s₁²/n₁ + s₂²/n₂) and the degrees of freedom of Welch (Biometrika 34, 1947)
 * and Satterthwaite (Biometrics Bulletin 2, 1946), so that the sides may differ in noise and in size. Undefined where a
 * side is empty; without an interval where it has one trial.
 */
export function estimateUnpaired(
  { changed, reference }: UnpairedSample,
  rule: DecisionRule,
): PairedEstimate | undefined {
  const blocks = Math.min(changed.length, reference.length);
  if (blocks === 0) return undefined;
  const difference = mean(changed) - mean(reference);
  if (blocks === 1) return estimateFrom({ blocks, mean: difference, spread: null }, rule);
  const [one, other] = [variance(changed), variance(reference)];
  const [first, second] = [one / changed.length, other / reference.length];
  const squared = first + second;
  const spread = {
    sd: Math.sqrt(one + other),
    standardError: Math.sqrt(squared),
    freedom: downToTenths(
      squared === 0
        ? changed.length + reference.length - 2
        : squared ** 2 / (first ** 2 / (changed.length - 1) + second ** 2 / (reference.length - 1)),
    ),
  };
  return estimateFrom({ blocks, mean: difference, spread }, rule);
}

/** To less certainty by a hair, so that what is computed for a number of degrees of freedom can be remembered. */
function downToTenths(freedom: number): number {
  return Math.floor(10 * freedom + 1e-9) / 10;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  const found = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  return withoutRounding(Math.sqrt(found)) ** 2;
}
