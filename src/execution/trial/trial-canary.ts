import { platform } from 'node:os';
import type { TrialEnvironment } from '../../model/trial-environment.js';
import type { MeasurementSpec } from '../../model/experiment.js';
import type { Assignment } from '../../model/knob.js';
import { readsCanary, type LaunchContext } from '../../model/trial/executor.js';
import type { TrialFiles } from '../../model/trial/job.js';
import type { Trial } from '../../model/trial/plan.js';
import { targetOf } from '../../model/target.js';
import type { Command } from '../../process/command.js';
import { speedCanary, type SpeedCanary } from './speed-canary.js';

export interface CanaryParts {
  readonly settings: {
    readonly measurement: MeasurementSpec;
    readonly environmentOf: (knobs: Assignment) => TrialEnvironment;
  };
  readonly trial: Trial;
  readonly files: TrialFiles;
  readonly context: LaunchContext;
}

/** The canary beside a trial; one that reads nothing where the run wants none, or the job is not one process here. */
export function trialCanary({ env }: Command, parts: CanaryParts): SpeedCanary {
  const { settings, trial, files, context } = parts;
  const { knobs } = trial.configuration;
  const isLocal = targetOf(knobs).kind === 'local' && platform() === 'linux';
  if (!isLocal || !readsCanary(settings.measurement, context)) return silent;
  const { executable: python } = settings.environmentOf(knobs).toolchain.python;
  return speedCanary({ python, env, directory: files.directory, confFile: files.effectiveConf });
}

const silent: SpeedCanary = {
  begin: () => undefined,
  end: () => Promise.resolve({ readings: [], problem: undefined }),
};
