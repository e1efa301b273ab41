import { isInEnvironment } from '../../model/job-environment.js';
import type { Assignment, Level } from '../../model/knob.js';
import { kindOf, type JobFile } from '../job/job-problems.js';
import { deployModeKnob } from '../../model/target.js';
import type { Problem } from './schema-problems.js';

/** Finds what a session cannot run: a program that is a driver itself, a knob that a running one cannot take, or another mode. */
export function executorProblems({
  executor,
  job = {},
  measurement = {},
  knobs = {},
  factors = {},
}: {
  readonly executor?: string;
  readonly job?: JobFile;
  readonly measurement?: { readonly mode?: 'drain' | 'offered' };
  readonly knobs?: Assignment;
  readonly factors?: Readonly<Record<string, readonly Level[]>>;
}): Problem[] {
  if (executor !== 'session') return [];
  const modes = factors[deployModeKnob] ?? [knobs[deployModeKnob] ?? null];
  const inEnvironment = Object.keys(factors).find((key) => isInEnvironment(key, job.env));
  const why =
    kindOf(job) === 'jar'
      ? 'a jar brings its own main program, so each of its trials needs a process of its own'
      : inEnvironment !== undefined
        ? `job.env hands ${inEnvironment} over, which a running driver cannot take (job.args can)`
        : measurement.mode === 'offered'
          ? 'trials under an offered load need a process of their own'
          : modes.includes('cluster')
            ? 'the driver of a session runs on this machine (spark.submit.deployMode: client)'
            : undefined;
  if (why === undefined) return [];
  return [{ path: ['executor'], message: `${why}; use executor: submit, which is the default` }];
}
