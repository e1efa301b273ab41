import { overridable, type Overridable } from '../../model/experiment.js';
import { referencesIn } from '../../model/secret.js';
import type { Problem } from '../problems/schema-problems.js';

/** The section `job` of a file that has passed its schema. */
export interface JobFile {
  readonly kind?: 'template' | 'script';
  readonly keep?: 'nothing' | 'output';
  readonly script?: string;
  readonly args?: readonly (string | number | boolean)[];
  readonly pyFiles?: readonly string[];
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly override?: readonly Overridable[];
  readonly query?: string;
}

const ofScripts = ['args', 'pyFiles', 'env', 'override', 'query'] as const;

/** Finds keys of a job that do not go together, and passwords where anybody can read them. */
export function jobProblems(job: JobFile = {}): Problem[] {
  const at = (key: string, message: string) => [{ path: ['job', key], atKey: true, message }];
  if (job.kind === 'script' && job.script === undefined) {
    return at('kind', 'a job of the kind script needs a "script", the path of a PySpark file');
  }
  if (job.kind === 'template' && job.script !== undefined) {
    return at('script', '"script" goes with kind: script');
  }
  if (job.script === undefined) {
    return ofScripts
      .filter((key) => job[key] !== undefined)
      .flatMap((key) => at(key, `"${key}" goes with a "script"`));
  }
  return [...twice(job), ...passwords(job)];
}

function twice({ override = [] }: JobFile): Problem[] {
  const part = overridable.find((one) => override.filter((other) => other === one).length > 1);
  if (part === undefined) return [];
  return [{ path: ['job', 'override'], message: `job.override names ${part} twice` }];
}

function passwords({ args = [], env = {} }: JobFile): Problem[] {
  const found = [
    ...args.map((value, index) => [['args', String(index)], value] as const),
    ...Object.entries(env).map(([key, value]) => [['env', key], value] as const),
  ].filter(([, value]) => referencesIn(value).length > 0);
  return found.map(([path]) => ({
    path: ['job', ...path],
    message: `job.${path.join('.')} takes no password; let the script read it from a file, or use spark.* or source.*`,
  }));
}
