import { candidatesOf, trialsOf, type Plan } from '../model/trial/plan.js';
import type { Budget } from '../model/run/budget.js';
import { detectableWith } from '../stats/paired-estimate.js';

/** Assumed noise between trials on a shared machine, with and without the canary, as measured in docs/validation.md. */
const assumedNoise = 0.1;

/** A plan with its forecast duration. */
interface PlannedTime {
  readonly plan: Plan;
  readonly forecast: { readonly perTrialSeconds: number; readonly totalSeconds: number };
}

/** Returns how many whole blocks of a plan fit into this many seconds, and the change they would detect. */
export function budgetOf({ plan, forecast }: PlannedTime, seconds: number): Budget {
  const around = forecast.totalSeconds - forecast.perTrialSeconds * trialsOf(plan).length;
  const perBlock = (forecast.totalSeconds - around) / Math.max(1, plan.blocks.length);
  const fitting = Math.max(0, Math.floor((seconds - around) / perBlock));
  const blocks = Math.min(plan.blocks.length, fitting);
  const candidates = Math.max(1, candidatesOf(plan).length);
  return {
    seconds,
    blocks,
    planned: plan.blocks.length,
    noise: assumedNoise,
    detectable:
      blocks < 2 ? null : detectableWith(Math.log(1 + assumedNoise), blocks, 0.05 / candidates),
  };
}
