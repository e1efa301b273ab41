import { isHot } from '../knobs/hot-knobs.js';
import type { Experiment } from '../model/experiment.js';
import { isInEnvironment } from '../model/job-environment.js';
import { targetOf } from '../model/target.js';
import type { Screening } from '../model/trial/plan.js';

/** How a trial is run: in a process of its own, or in a live driver after other trials. */
export type TrialExecutor = 'submit' | 'session';

/** The parts of an experiment that decide it. */
export type ExecutorChoice = Pick<
  Experiment,
  'executor' | 'job' | 'measurement' | 'factors' | 'knobs'
>;

/**
 * How the trials of a block are run. `auto` screens in sessions, if a driver can run the job's trials and all factors are
 * hot, and judges by cold trials only. Whether a script leaves something to the next trial shows when it runs.
 */
export function executorOfBlock(
  experiment: ExecutorChoice,
  screening: Screening | undefined,
  block: number,
): TrialExecutor {
  if (experiment.executor === undefined) return 'submit';
  if (experiment.executor === 'session') return 'session';
  const screens = screening !== undefined && block <= screening.blocks;
  return screens && isSessionPossible(experiment) ? 'session' : 'submit';
}

function isSessionPossible({ job, measurement, factors, knobs }: ExecutorChoice): boolean {
  return (
    job.kind !== 'jar' &&
    measurement.mode === 'drain' &&
    factors.every(
      ({ key }) => isHot(key) && !(job.kind === 'script' && isInEnvironment(key, job.env)),
    ) &&
    targetOf(knobs).kind === 'local'
  );
}
