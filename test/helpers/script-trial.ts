import { join } from 'node:path';
import { overridable, type MeasurementSpec, type ScriptJob } from '../../src/model/experiment.js';
import type { Assignment } from '../../src/model/knob.js';
import { projectPath } from '../../src/process/project-paths.js';
import { runOwnJob, type OwnJobWorld } from './own-job-trial.js';

/** Where the trials of some scripts take place. */
export type ScriptWorld = OwnJobWorld;

interface ScriptTrial {
  readonly job?: Partial<ScriptJob>;
  readonly knobs?: Assignment;
  readonly measurement?: Partial<MeasurementSpec>;
}

/** The path of a script in `test/fixtures/jobs`. */
export function fixtureScript(name: string): string {
  return projectPath(join('test/fixtures/jobs', name));
}

/** Runs one trial of a script on a real Spark, and judges it; that it has few batches does not matter. */
export async function runScript(
  world: ScriptWorld,
  script: string,
  { job, knobs, measurement }: ScriptTrial = {},
) {
  const whole: ScriptJob = {
    ...{ kind: 'script', script, args: [], pyFiles: [], env: {} },
    override: overridable,
    ...job,
  };
  return await runOwnJob(world, whole, { knobs, measurement });
}
