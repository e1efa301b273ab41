import type { Budget } from '../model/run/budget.js';
import type { Assignment } from '../model/knob.js';
import type { Plan } from '../model/trial/plan.js';
import { expectedTrials } from './expected-trials.js';
import { assumedNoise, detectableAt } from './plan-power.js';

/** A plan with its forecast duration. */
interface PlannedTime {
  readonly plan: Plan;
  readonly experiment: { readonly baseline: Assignment };
  readonly forecast: { readonly perTrialSeconds: number; readonly totalSeconds: number };
}

/** Returns how many whole blocks of a plan fit into this many seconds, and the change they would detect. */
export function budgetOf({ plan, experiment, forecast }: PlannedTime, seconds: number): Budget {
  const { perScreeningBlock, perJudgingBlock, total } = expectedTrials(plan, experiment.baseline);
  const { perTrialSeconds, totalSeconds } = forecast;
  const trials = Math.max(
    0,
    (seconds - (totalSeconds - perTrialSeconds * total)) / perTrialSeconds,
  );
  const screeningBlocks = plan.screening?.blocks ?? 0;
  const screened =
    screeningBlocks === 0
      ? 0
      : Math.min(screeningBlocks, Math.floor(trials / Math.max(1, perScreeningBlock)));
  const left = trials - screeningBlocks * perScreeningBlock;
  const fitting = Math.floor(Math.max(0, left) / Math.max(1, perJudgingBlock));
  const judging = Math.min(plan.blocks.length - screeningBlocks, fitting);
  return {
    seconds,
    blocks: screened + judging,
    planned: plan.blocks.length,
    screeningBlocks,
    noise: assumedNoise,
    detectable: detectableAt(plan, judging),
  };
}
