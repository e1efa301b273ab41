import { isHot } from '../knobs/hot-knobs.js';
import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import { isInEnvironment } from '../model/job-environment.js';
import { trialsOfDriver } from '../model/session-record.js';
import { targetOf } from '../model/target.js';
import { mean } from '../stats/mean.js';
import { coldSecondsOf } from './batches/counted-batches.js';
import type { TrialExecutor } from './executor-of-block.js';
import { burnInSecondsOf, driverStartSeconds, sessionSecondsOf } from './session-seconds.js';
import { recordsOf, trialShape } from './batches/trial-shape.js';

/**
 * Knobs of which a warm driver and a cold one have been seen to tell different things (V19 in docs/validation.md): between
 * two triggers a cold JVM compiles, a warm one has nothing left to compile.
 */
const otherWhenWarm: ReadonlySet<string> = new Set(['trigger.processingTime']);

/** The trials that a screening has. */
interface ScreeningTrials {
  /** Those that run in each block. */
  readonly configurations: readonly Configuration[];
  readonly blocks: number;
}

/**
 * How `executor: auto` screens: in sessions, if a driver can run the job's trials, all factors are hot and mean the same to a
 * warm driver, and the trials save more time there than warming the drivers up takes. Whether a script leaves something to the next trial shows when it runs.
 */
export function screeningExecutor(experiment: Experiment, trials: ScreeningTrials): TrialExecutor {
  return isSessionPossible(experiment) && secondsSaved(experiment, trials) > 0
    ? 'session'
    : 'submit';
}

function isSessionPossible({ job, measurement, factors, knobs }: Experiment): boolean {
  return (
    job.kind !== 'jar' &&
    measurement.mode === 'drain' &&
    factors.every(
      ({ key }) =>
        isHot(key) &&
        !otherWhenWarm.has(key) &&
        !(job.kind === 'script' && isInEnvironment(key, job.env)),
    ) &&
    targetOf(knobs).kind === 'local'
  );
}

/** By the forecast's times; negative if sessions take longer. */
function secondsSaved(experiment: Experiment, { configurations, blocks }: ScreeningTrials): number {
  const records = recordsOf(experiment);
  const all = configurations.map(({ knobs }) => knobs);
  const shapes = all.map((knobs) => trialShape(knobs, experiment, records));
  const sessionSeconds = mean(shapes.map(sessionSecondsOf));
  const trials = blocks * shapes.length;
  const drivers = Math.ceil(trials / trialsOfDriver);
  return (
    trials * (mean(shapes.map(coldSecondsOf)) - sessionSeconds) -
    drivers * (driverStartSeconds + burnInSecondsOf(experiment, all, records))
  );
}
