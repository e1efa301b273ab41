import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidSource, type PlacedProblem } from '../config/checked-source.js';
import { positionOf } from '../config/positions/place-findings.js';
import { readExperiment } from '../config/read-experiment.js';
import { planExperiment } from '../design/plan-experiment.js';
import { jobOf } from '../jobs/job-of.js';
import { markInert } from '../knobs/mark-inert.js';
import type { Experiment } from '../model/experiment.js';
import type { Host } from '../model/host.js';
import type { Job } from '../model/trial/job.js';
import type { Plan } from '../model/trial/plan.js';
import { deployModeProblems } from './findings/deploy-mode-problems.js';
import { actContext } from './findings/lint-experiment.js';
import { secondSparkProblems } from './findings/second-spark.js';
import { overrideExperiment, type Overrides } from './override-experiment.js';

/** An experiment with its plan, whose data nobody has looked at. */
export interface ReadPlan {
  /** Absolute path of the experiment file. */
  readonly file: string;
  readonly text: string;
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly job: Job;
}

export interface ReadPlanOptions {
  readonly host: Host;
  readonly overrides?: Overrides;
  /** Taken for the text of the file. */
  readonly changed?: string;
  /** Does not ask the job whether it can run. */
  readonly anyJob?: boolean;
}

/** Reads and plans an experiment. Throws EXPERIMENT_UNREADABLE, EXPERIMENT_INVALID or USAGE. */
export async function readPlan(
  given: string,
  { host, overrides = {}, changed, anyJob = false }: ReadPlanOptions,
): Promise<ReadPlan> {
  const file = resolve(host.cwd, given);
  const { experiment: asWritten, text } = await readExperiment(file, changed);
  const experiment = overrideExperiment(asWritten, overrides);
  const plan = planExperiment(experiment, (all) => markInert(all, actContext(experiment)));
  refuseMissing(given, experiment, text);
  const job = jobOf(experiment);
  const read = { text, experiment, plan, job };
  if (!anyJob) refuseUnrunnable(given, read);
  return { file, ...read };
}

/** Refuses a script that is not there, with its modules, a jar, or a certificate. */
function refuseMissing(given: string, { job, kafka }: Experiment, text: string): void {
  const certificates = Object.entries(kafka?.security.tls ?? {}).map(
    ([key, file]) => [`kafka.security.${key}`, file as string] as const,
  );
  const problems = [...filesOf(job), ...certificates]
    .filter(([, file]) => !isFile(file))
    .map(([key, file]) => ({
      message: `${key}: ${file} is not there, or is no file`,
      position: positionOf({ key, levels: [] }, text) ?? { line: 1, column: 1 },
    }));
  if (problems.length > 0)
    throw refused(given, problems, 'Give its path, relative to the experiment file.');
}

/** The files of a job, each with its key. */
function filesOf(job: Experiment['job']): (readonly [key: string, file: string])[] {
  switch (job.kind) {
    case 'template':
      return [];
    case 'script':
      return [
        ['job.script', job.script] as const,
        ...job.pyFiles.map((one) => ['job.pyFiles', one] as const),
      ];
    case 'jar':
      return [['job.jar', job.jar]];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function refused(given: string, problems: readonly PlacedProblem[], hint: string): InvalidSource {
  const lines = problems.map(({ message, position: { line, column } }) =>
    [given, String(line), String(column), ` ${message}`].join(':'),
  );
  return new InvalidSource(lines.join('\n  '), hint, problems);
}

/** Refuses knobs that the job cannot run with, at the first of them that a problem names. */
function refuseUnrunnable(given: string, read: Omit<ReadPlan, 'file'>): void {
  const { plan, job, text, experiment } = read;
  for (const one of plan.configurations) {
    const { id, knobs } = one;
    const found = [
      ...job.validate(knobs),
      ...deployModeProblems(experiment, knobs),
      ...secondSparkProblems(one, plan.configurations),
    ];
    const problems = found.map((problem) => {
      const key = Object.keys(knobs).find((one) => problem.includes(one)) ?? '';
      return {
        message: `configuration ${id} cannot run: ${problem}`,
        position: positionOf({ key, levels: [knobs[key] ?? null] }, text) ?? { line: 1, column: 1 },
      };
    });
    if (problems.length === 0) continue;
    throw refused(
      given,
      problems,
      'Change the knobs of the job, or leave the combination out with `exclude`.',
    );
  }
}
