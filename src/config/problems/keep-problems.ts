import type { Assignment, Level } from '../../model/knob.js';
import type { JobFile } from '../job/job-problems.js';
import type { Problem } from './schema-problems.js';

/** Sinks whose output outlives the query. */
const written = ['parquet', 'kafka', 'console'];

/** Finds an experiment that asks to keep its output, although no configuration writes any. */
export function keepProblems({
  job = {},
  knobs = {},
  factors = {},
}: {
  readonly job?: JobFile;
  readonly knobs?: Assignment;
  readonly factors?: Readonly<Record<string, readonly Level[]>>;
}): Problem[] {
  if (job.keep !== 'output') return [];
  // A program of somebody's own has a sink of its own, unless job.sink replaces it.
  if (job.jar !== undefined) return [];
  if (job.script !== undefined && !('job.sink' in knobs) && !('job.sink' in factors)) return [];
  const sinks = factors['job.sink'] ?? [knobs['job.sink'] ?? 'noop'];
  if (sinks.some((sink) => written.includes(String(sink)))) return [];
  const message = `keep: output keeps nothing with the sink ${sinks.map(String).join(' or ')}; set job.sink to ${written.join(', ')}`;
  return [{ path: ['job', 'keep'], message }];
}
