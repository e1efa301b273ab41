import type { Submission } from '../../model/trial/job.js';
import { launcherFiles } from '../../spark/submit/launcher.js';

/** What a driver is started with for a job, and what each of its trials is told. */
interface SubmissionParts {
  /** Options of spark-submit, such as the modules of a script. */
  readonly options: readonly string[];
  /** The job's file, and its arguments. */
  readonly job: string;
  readonly args: readonly string[];
  /** The job's own environment, without what the launcher is told. */
  readonly env: Readonly<Record<string, string>>;
}

/** Splits what the launcher would be submitted with: a driver takes its place, and the job comes by its socket. */
export function submissionParts({ application, env }: Submission): SubmissionParts {
  const [launcher = ''] = launcherFiles();
  const at = application.indexOf(launcher);
  const [job = '', ...args] = application.slice(at + 1);
  const own = Object.entries(givenOf(env)).filter(([key]) => !key.startsWith('STREAMTUNE_'));
  return { options: application.slice(0, at), job, args, env: Object.fromEntries(own) };
}

/** The variables that have a value. */
export function givenOf(env: Submission['env']): Readonly<Record<string, string>> {
  const given = Object.entries(env).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return Object.fromEntries(given);
}
