import { trialsOf, type Plan } from '../model/trial/plan.js';
import type { Budget } from '../model/run/budget.js';
import { detectableWith } from '../stats/paired-estimate.js';

/** Noise between trials on a shared machine, with and without the canary: what was met here (docs/validation.md). */
const assumedNoise = 0.1;

/** A plan with the time that it is forecast to take. */
interface PlannedTime {
  readonly plan: Plan;
  readonly forecast: { readonly perTrialSeconds: number; readonly totalSeconds: number };
}

/** How many whole blocks of a plan fit in so many seconds, and which change they would show. */
export function budgetOf({ plan, forecast }: PlannedTime, seconds: number): Budget {
  const around = forecast.totalSeconds - forecast.perTrialSeconds * trialsOf(plan).length;
  const perBlock = (forecast.totalSeconds - around) / Math.max(1, plan.blocks.length);
  const fitting = Math.max(0, Math.floor((seconds - around) / perBlock));
  const blocks = Math.min(plan.blocks.length, fitting);
  return {
    seconds,
    blocks,
    planned: plan.blocks.length,
    noise: assumedNoise,
    detectable: blocks < 2 ? null : detectableWith(Math.log(1 + assumedNoise), blocks),
  };
}
