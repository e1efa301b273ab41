import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import { trialsOf, type Plan } from '../model/trial/plan.js';
import { countedRange, courseOf, startAndEndSeconds } from './counted-batches.js';
import { trialShape } from './trial-shape.js';

export interface Forecast {
  /** Mean over the planned trials. */
  readonly perTrialSeconds: number;
  readonly totalSeconds: number;
  /** By configuration, in the order of the plan. */
  readonly configurations: readonly ConfigurationForecast[];
}

interface ConfigurationForecast {
  readonly id: string;
  /** 0 for an inert configuration that is not run. */
  readonly trials: number;
  /** Of one trial. */
  readonly seconds: number;
  /** Batches of a trial that count: fewest and most over the speeds that are plausible. */
  readonly countedBatches: { readonly low: number; readonly high: number };
}

/** Broker, topics and reports. */
const aroundSeconds = 20;
/** Records of a file that nobody has counted. */
const unknownRecords = 200_000;

/**
 * Estimates how long the plan will take, before any trial has run; accurate to a factor of about 1.5. `records` are
 * those of the dataset; by default as many as the experiment says.
 */
export function forecast(
  plan: Plan,
  experiment: Experiment,
  records = experiment.data.records ?? unknownRecords,
): Forecast {
  const trials = new Map<string, number>();
  for (const { configuration } of trialsOf(plan)) {
    trials.set(configuration.id, (trials.get(configuration.id) ?? 0) + 1);
  }
  const configurations = plan.configurations.map((configuration) => ({
    id: configuration.id,
    trials: trials.get(configuration.id) ?? 0,
    ...trialForecast(configuration, experiment, records),
  }));
  const total = configurations.reduce((sum, one) => sum + one.trials * one.seconds, 0);
  const count = configurations.reduce((sum, one) => sum + one.trials, 0);
  return {
    perTrialSeconds: total / Math.max(1, count),
    totalSeconds: aroundSeconds + total,
    configurations,
  };
}

function trialForecast({ knobs }: Configuration, experiment: Experiment, records: number) {
  const shape = trialShape(knobs, experiment, records);
  const seconds = startAndEndSeconds + courseOf(shape, 1).seconds;
  return {
    seconds: Math.min(shape.timeLimitSeconds, seconds),
    countedBatches: countedRange(shape),
  };
}
