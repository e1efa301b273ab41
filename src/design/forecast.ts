import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { Plan } from '../model/trial/plan.js';
import { countedRange, courseOf, startAndEndSeconds } from './counted-batches.js';
import { expectedTrials } from './expected-trials.js';
import type { ScreeningOutlook } from '../model/run/screening-outlook.js';
import { screeningOutlook } from './plan-power.js';
import { trialShape } from './trial-shape.js';

export interface Forecast {
  /** Trials that will run; at most, if a screening chooses. */
  readonly trials: number;
  /** Mean over the planned trials. */
  readonly perTrialSeconds: number;
  readonly totalSeconds: number;
  /** Null if every block judges all candidates. */
  readonly screening: ScreeningOutlook | null;
  /** By configuration, in the order of the plan. */
  readonly configurations: readonly ConfigurationForecast[];
}

interface ConfigurationForecast {
  readonly id: string;
  /** 0 for an inert configuration that is not run; more than `trials` only if a screening keeps it. */
  readonly trials: number;
  readonly mostTrials: number;
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
  const expected = expectedTrials(plan, experiment.baseline);
  const configurations = plan.configurations.map((configuration) => {
    const { least, most } = expected.of(configuration);
    const one = trialForecast(configuration, experiment, records);
    return { id: configuration.id, trials: least, mostTrials: most, ...one };
  });
  const seconds = configurations.reduce((sum, one) => sum + one.trials * one.seconds, 0);
  const count = configurations.reduce((sum, one) => sum + one.trials, 0);
  const perTrialSeconds = seconds / Math.max(1, count);
  // Nobody knows yet which candidates a screening keeps, so their further trials take the mean time.
  const further = (expected.total - count) * perTrialSeconds;
  return {
    trials: expected.total,
    perTrialSeconds,
    totalSeconds: aroundSeconds + seconds + further,
    screening: screeningOutlook(plan, expected),
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
