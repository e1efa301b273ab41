import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { TrialTimes } from '../model/run/trial-times.js';
import type { Plan } from '../model/trial/plan.js';
import { coldSecondsOf, countedRange } from './batches/counted-batches.js';
import { countedInTurns, recordsOfTurn } from './batches/records-of-turn.js';
import { expectedTrials } from './expected-trials.js';
import type { ScreeningOutlook } from '../model/run/screening-outlook.js';
import { screeningOutlook } from './plan-power.js';
import { driversOf, secondsOf, sessionBlocksOf, sureTrials, timesOf } from './planned-times.js';
import { burnInSecondsOf, sessionSecondsOf } from './session-seconds.js';
import { recordsOf, trialShape } from './batches/trial-shape.js';

export interface Forecast {
  /** Trials that will run; at most, if a screening chooses. */
  readonly trials: number;
  /** Mean over the planned trials, without what warming drivers up takes. */
  readonly perTrialSeconds: number;
  readonly totalSeconds: number;
  readonly times: TrialTimes;
  /** How many drivers trials in sessions will share. */
  readonly drivers: number;
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
  /** Of one trial in a process of its own, and of one in a session. */
  readonly seconds: number;
  readonly sessionSeconds: number;
  /** Batches of a trial that count: fewest and most over the speeds that are plausible. */
  readonly countedBatches: { readonly low: number; readonly high: number };
}

/** Broker, topics and reports. */
export const aroundSeconds = 20;
/**
 * Estimates how long the plan will take, before any trial has run; accurate to a factor of about 1.5. `records` are
 * those of the dataset; by default as many as the experiment says.
 */
export function forecast(
  plan: Plan,
  experiment: Experiment,
  records = recordsOf(experiment),
): Forecast {
  const expected = expectedTrials(plan, experiment.baseline);
  const sure = sureTrials(plan);
  const byId = new Map(sure.map(({ configuration: { id, knobs } }) => [id, knobs]));
  const knobs = [...byId.values()];
  const sessionBlocks = sessionBlocksOf(plan, experiment);
  const isAllShared = sessionBlocks.length === plan.blocks.length;
  const turnRecords = isAllShared ? recordsOfTurn(experiment, knobs, records) : undefined;
  const configurations = plan.configurations.map((configuration) => {
    const { least, most } = expected.of(configuration);
    const one = trialForecast(configuration, experiment, { records, turnRecords });
    return { id: configuration.id, trials: least, mostTrials: most, ...one };
  });
  const burnInSeconds = burnInSecondsOf(experiment, knobs, records);
  const times = timesOf(sure, configurations, { sessionBlocks, burnInSeconds });
  const drivers = driversOf(plan, times, expected);
  const seconds = secondsOf(sure, configurations, times);
  // Nobody knows yet which candidates a screening keeps, so their further trials take the mean time.
  const last = plan.blocks.at(-1)?.number ?? 0;
  const further = times.sessionBlocks.includes(last) ? times.sessionSeconds : times.coldSeconds;
  const ofTrials = seconds + (expected.total - sure.length) * further;
  return {
    trials: expected.total,
    perTrialSeconds: ofTrials / Math.max(1, expected.total),
    totalSeconds:
      aroundSeconds + ofTrials + drivers * (times.driverStartSeconds + times.burnInSeconds),
    ...{ times, drivers, configurations },
    screening: screeningOutlook(plan, expected),
  };
}

/** `turnRecords`: if all trials take turns. */
function trialForecast(
  { knobs }: Configuration,
  experiment: Experiment,
  { records, turnRecords }: { readonly records: number; readonly turnRecords: number | undefined },
) {
  const shape = trialShape(knobs, experiment, records);
  return {
    seconds: coldSecondsOf(shape),
    sessionSeconds: sessionSecondsOf(shape),
    countedBatches:
      turnRecords === undefined ? countedRange(shape) : countedInTurns(shape, experiment),
  };
}
