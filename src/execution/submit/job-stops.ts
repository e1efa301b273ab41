import type { ExecutorsSeen } from '../../model/executors-seen.js';
import type { TrialEnd } from '../../model/trial/executor.js';
import type { StopAfter, TrialFiles } from '../../model/trial/job.js';
import { targetOf } from '../../model/target.js';
import type { Trial } from '../../model/trial/plan.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import { watchExecutors } from '../cluster/watch-executors.js';
import { watchTrial } from '../trial/trial-watchdogs.js';
import { measuredEnd } from './measured-end.js';
import type { SubmitSettings } from './submit-settings.js';

/** All that ends a job before it ends by itself: enough is measured, a watchdog, no executors. */
export interface JobStops extends Disposable {
  /** Aborted when the job has to stop. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ProgressEvent) => void;
  readonly onLine: (line: string) => void;
  /** Called when the job is being ended. */
  readonly onStop: () => void;
  /** Takes the process group of the job. */
  readonly onProcess: (group: number) => void;
  /** How a job ended that was stopped here; undefined for any other. */
  readonly end: () => TrialEnd | undefined;
  /** How a job ended that waited for executors until its time limit; undefined for any other. */
  readonly waited: () => TrialEnd | undefined;
  /** Undefined if the driver told of none. */
  readonly executors: () => ExecutorsSeen | undefined;
}

interface Stopped {
  readonly settings: Pick<SubmitSettings, 'measurement'>;
  readonly trial: Trial;
  readonly files: TrialFiles;
  readonly topic: string;
  readonly endAfter: StopAfter;
}

export function jobStops({ settings, trial, files, topic, endAfter }: Stopped): JobStops {
  const { measurement } = settings;
  const watchdogs = watchTrial(measurement, trial.configuration.knobs, files);
  const measured = measuredEnd({ query: measurement.query, ...endAfter, topic });
  const { kind } = targetOf(trial.configuration.knobs);
  const executors = watchExecutors({ ownCluster: kind === 'local-cluster' });
  return {
    signal: AbortSignal.any([watchdogs.signal, executors.signal, measured.signal]),
    onEvent: (event) => {
      watchdogs.onEvent(event);
      executors.onEvent(event);
      if (!watchdogs.signal.aborted) measured.onEvent(event);
    },
    onLine: executors.onLine,
    onStop: executors.close,
    onProcess: watchdogs.onProcess,
    end: () => (measured.signal.aborted ? { kind: 'ended' } : (watchdogs.end() ?? executors.end())),
    waited: executors.end,
    executors: executors.seen,
    [Symbol.dispose]: () => {
      for (const watch of [watchdogs, measured, executors]) watch[Symbol.dispose]();
    },
  };
}
