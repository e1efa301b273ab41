import { resolve } from 'node:path';
import { knobLines } from '../config/knob-lines.js';
import { readExperiment } from '../config/read-experiment.js';
import { forecast, type Forecast } from '../design/forecast.js';
import { planExperiment } from '../design/plan-experiment.js';
import { jobOf } from '../jobs/job-of.js';
import { markInert } from '../knobs/mark-inert.js';
import type { Experiment } from '../model/experiment.js';
import type { Finding } from '../model/finding.js';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Job } from '../model/trial/job.js';
import type { Plan } from '../model/trial/plan.js';
import type { RunIdentity } from '../model/run/run-record.js';
import { sha256 } from '../machine/describe-machine.js';
import { actContext, lintExperiment } from './lint-experiment.js';
import { overrideExperiment, type Overrides } from './override-experiment.js';

/** A checked experiment with its plan; nothing has been started. */
export interface PreparedRun {
  /** Absolute path of the experiment file. */
  readonly file: string;
  readonly text: string;
  readonly hashes: Pick<RunIdentity['hashes'], 'experiment' | 'plan'>;
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly job: Job;
  /** Findings about its knobs, the most severe first. */
  readonly findings: readonly Finding[];
  /** The line of each knob in the file. */
  readonly knobLines: ReadonlyMap<string, number>;
  readonly forecast: Forecast;
}

/** Reads, checks and plans an experiment. Throws EXPERIMENT_UNREADABLE, EXPERIMENT_INVALID or USAGE. */
export async function prepareRun(
  given: string,
  { host, overrides = {} }: { readonly host: Host; readonly overrides?: Overrides },
): Promise<PreparedRun> {
  const file = resolve(host.cwd, given);
  const { experiment: asWritten, text } = await readExperiment(file);
  const experiment = overrideExperiment(asWritten, overrides);
  const plan = planExperiment(experiment, (all) => markInert(all, actContext(experiment)));
  const job = jobOf(experiment);
  for (const configuration of plan.configurations) {
    const problems = job.validate(configuration.knobs);
    if (problems.length === 0) continue;
    throw new HarnessError({
      code: 'EXPERIMENT_INVALID',
      message: `${given}: configuration ${configuration.id} cannot run: ${problems.join(' ')}`,
      hint: 'Change the knobs of the job, or leave the combination out with `exclude`.',
    });
  }
  return {
    file,
    text,
    hashes: hashesOf(text, plan),
    findings: lintExperiment(experiment, plan.configurations),
    knobLines: knobLines(text),
    experiment,
    plan,
    job,
    forecast: forecast(plan, experiment),
  };
}

/** SHA-256 of the experiment file and of its plan. */
export function hashesOf(text: string, plan: Plan): PreparedRun['hashes'] {
  return { experiment: sha256(text), plan: sha256(JSON.stringify(plan)) };
}
