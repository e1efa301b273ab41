import { analyseRun } from '../../src/analysis/analyse-run.js';
import { isClaim } from '../../src/model/run/comparison.js';
import type { ReportModel } from '../../src/model/run/report-model.js';
import { quietWorld } from '../../src/model/simulation-model.js';
import { countNights, simulateNight, type Night, type Weather } from './nights.js';

/** Independent noise between trials, and what else there may be. */
export const weather = (trial: number, more: Weather = {}): Weather => ({
  ...more,
  noise: { ...quietWorld.noise, trial, ...more.noise },
});

/** Every claim that somebody could read in a report: of configurations, levels and keys, on both figures. */
export function hasClaim({ rows, effects, ablations }: ReportModel): boolean {
  return [...rows, ...effects, ...ablations].some(
    (one) => isClaim(one.throughput?.kind) || isClaim(one.latency?.kind),
  );
}

/** The share of nights whose report has a property. */
export const reports = (night: Night, holds: (model: ReportModel) => boolean) => (nights: number) =>
  countNights(nights, (seed) => holds(analyseRun(simulateNight(night, seed)))) / nights;
