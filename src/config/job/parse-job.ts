import { overridable, type Experiment } from '../../model/experiment.js';
import type { JobFile } from './job-problems.js';

/** The job with every default filled in. */
export function jobOfFile(job: JobFile = {}): Experiment['job'] {
  const keep = job.keep === 'output' ? ({ keep: 'output' } as const) : {};
  if (job.script === undefined) return { kind: 'template', ...keep };
  const { script, args = [], pyFiles = [], env = {}, override = overridable, query } = job;
  return {
    kind: 'script',
    script,
    args: args.map(String),
    pyFiles,
    env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])),
    override,
    ...(query === undefined ? {} : { query }),
    ...keep,
  };
}
