import type { Experiment } from '../model/experiment.js';
import { trialsOf, type Plan } from '../model/plan.js';

export interface Forecast {
  readonly perTrialSeconds: number;
  readonly totalSeconds: number;
}

/** From the start of spark-submit to the first batch, and from the last batch to the end: measured on two cores. */
const startAndEndSeconds = 12;
/** For a backlog that is drained, before anything was measured: a slow guess. */
const assumedRowsPerSecond = 3_000;
/** Broker, topics and reports. */
const aroundSeconds = 20;

/** What the plan will take, before any trial has run. */
export function forecast(plan: Plan, experiment: Experiment): Forecast {
  const { windowSeconds, timeLimitSeconds } = experiment.measurement;
  const records = experiment.data.records ?? 200_000;
  const workSeconds = Math.min(windowSeconds ?? Infinity, records / assumedRowsPerSecond);
  const perTrialSeconds = Math.min(timeLimitSeconds, startAndEndSeconds + workSeconds);
  return {
    perTrialSeconds,
    totalSeconds: aroundSeconds + perTrialSeconds * trialsOf(plan).length,
  };
}

/** Seconds for the remaining trials, from the mean of those that have ended (wall milliseconds). */
export function forecastFrom(endedWallMs: readonly number[], remaining: number): number {
  const total = endedWallMs.reduce((sum, wallMs) => sum + wallMs, 0);
  return (total / endedWallMs.length / 1_000) * remaining;
}
