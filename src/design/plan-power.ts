import type { ScreeningOutlook } from '../model/run/screening-outlook.js';
import { candidatesOf, type Plan } from '../model/trial/plan.js';
import { detectableWith } from '../stats/paired-estimate.js';
import { chanceToKeep } from '../stats/screening-power.js';
import type { ExpectedTrials } from './expected-trials.js';

/** Assumed noise between trials on a shared machine, with and without the canary, as measured in docs/validation.md. */
export const assumedNoise = 0.1;
/** A gain worth finding, for the chance that a screening keeps it. */
const gainToKeep = 0.1;

/** The two phases of a plan; null for one without a screening. */
export function screeningOutlook(plan: Plan, expected: ExpectedTrials): ScreeningOutlook | null {
  const { screening } = plan;
  if (screening === undefined) return null;
  const { blocks, top } = screening;
  const candidates = candidatesOf(plan).length;
  const judgingBlocks = plan.blocks.length - blocks;
  const chance = chanceToKeep({
    gain: Math.log(1 + gainToKeep),
    // The assumed noise is that of a difference from the mean of two baselines: 1.5 times a trial's variance.
    sd: Math.log(1 + assumedNoise) / Math.sqrt(1.5),
    ...{ blocks, candidates, top },
  });
  return {
    ...{ blocks, candidates, top, judgingBlocks },
    trialsPerBlock: expected.perScreeningBlock,
    keeps: { gain: gainToKeep, chance },
    trialsPerJudgingBlock: expected.perJudgingBlock,
    detectable: detectableAt(plan, judgingBlocks),
    noise: assumedNoise,
  };
}

/** The change that this many judging blocks would detect at the assumed noise; null with fewer than two. */
export function detectableAt(plan: Plan, blocks: number): number | null {
  const judged = Math.max(1, plan.screening?.top ?? candidatesOf(plan).length);
  if (blocks < 2) return null;
  return detectableWith(Math.log(1 + assumedNoise), blocks, 0.05 / judged);
}
