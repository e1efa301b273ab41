import { overridable, type Experiment } from '../../model/experiment.js';
import type { JobFile } from './job-problems.js';

/** The job with every default filled in. */
export function jobOfFile(job: JobFile = {}): Experiment['job'] {
  const keep = job.keep === 'output' ? ({ keep: 'output' } as const) : {};
  const { script, jar, class: mainClass, pyFiles = [], override = overridable } = job;
  if (jar !== undefined) {
    const main = mainClass === undefined ? {} : { mainClass };
    return { kind: 'jar', jar, ...main, ...handedOver(job), ...keep };
  }
  if (script === undefined) return { kind: 'template', ...keep };
  return { kind: 'script', script, pyFiles, override, ...handedOver(job), ...keep };
}

/** What a program of somebody's own is given. */
function handedOver({ args = [], env = {}, query }: JobFile) {
  return {
    args: args.map(String),
    env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])),
    ...(query === undefined ? {} : { query }),
  };
}
