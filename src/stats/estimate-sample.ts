import type { Caution, PairedEstimate } from '../model/run/comparison.js';
import { estimatePairs, type DecisionRule } from './paired-estimate.js';
import type { PairedSample } from './paired-sample.js';
import { robustDoubt } from './robust.js';
import { robustDoubtUnpaired } from './unpaired/robust-unpaired.js';
import { estimateUnpaired } from './unpaired/unpaired-estimate.js';
import type { UnpairedSample } from './unpaired/unpaired-sample.js';

/** What a comparison rests on: pairs from blocks, or two groups of trials that share none. */
export type Sample = PairedSample | UnpairedSample;

export function isPaired(sample: Sample): sample is PairedSample {
  return 'differences' in sample;
}

/** The estimate of a sample by the test for its kind; undefined where a side has nothing. */
export function estimateSample(sample: Sample, rule: DecisionRule): PairedEstimate | undefined {
  return isPaired(sample) ? estimatePairs(sample, rule) : estimateUnpaired(sample, rule);
}

/** Why a claim does not hold without assuming a normal distribution; undefined if it does, or with too little to tell. */
export function doubtOf(
  sample: Sample,
  estimate: PairedEstimate,
  rule: DecisionRule,
): Caution | undefined {
  return isPaired(sample)
    ? robustDoubt(sample.differences, estimate, rule)
    : robustDoubtUnpaired(sample, estimate, rule);
}
