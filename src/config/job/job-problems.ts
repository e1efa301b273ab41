import { overridable, type Overridable } from '../../model/experiment.js';
import { referencesIn } from '../../model/secret.js';
import type { Problem } from '../problems/schema-problems.js';

/** The section `job` of a file that has passed its schema. */
export interface JobFile {
  readonly kind?: 'template' | 'script' | 'jar';
  readonly keep?: 'nothing' | 'output';
  readonly script?: string;
  readonly jar?: string;
  readonly class?: string;
  readonly args?: readonly (string | number | boolean)[];
  readonly pyFiles?: readonly string[];
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly override?: readonly Overridable[];
  readonly query?: string;
}

/** The keys of each kind of job, besides those of every job. */
const keysOf = {
  template: [],
  script: ['script', 'args', 'pyFiles', 'env', 'override', 'query'],
  jar: ['jar', 'class', 'args', 'env', 'query'],
} as const;
type JobKey = 'script' | 'jar' | 'class' | 'args' | 'pyFiles' | 'env' | 'override' | 'query';
const ownKeys: readonly JobKey[] = ['jar', 'class', ...keysOf.script];

/** The kind of a job, which its program tells as well. */
export function kindOf({ kind, script, jar }: JobFile): NonNullable<JobFile['kind']> {
  if (kind !== undefined) return kind;
  return jar !== undefined ? 'jar' : script !== undefined ? 'script' : 'template';
}

/** Finds keys of a job that do not go together, and passwords where anybody can read them. */
export function jobProblems(job: JobFile = {}): Problem[] {
  const at = (key: string, message: string) => [{ path: ['job', key], atKey: true, message }];
  const kind = kindOf(job);
  if (job.jar !== undefined && job.script !== undefined) {
    return at('jar', 'a job has either a "script" or a "jar"');
  }
  if (kind === 'script' && job.script === undefined) {
    return at('kind', 'a job of the kind script needs a "script", the path of a PySpark file');
  }
  if (kind === 'jar' && job.jar === undefined) {
    return at('kind', 'a job of the kind jar needs a "jar", the path of a jar file');
  }
  const known: readonly JobKey[] = keysOf[kind];
  const wrong = ownKeys.filter((key) => job[key] !== undefined && !known.includes(key));
  if (wrong.length > 0)
    return wrong.flatMap((key) => at(key, `"${key}" goes with ${ownerOf(key)}`));
  return [...twice(job), ...passwords(job, kind)];
}

/** What a key belongs to, in words. */
function ownerOf(key: JobKey): string {
  if (key === 'script' || key === 'jar') return `kind: ${key}`;
  if (key === 'class') return 'a "jar"';
  return keysOf.jar.some((one) => one === key) ? 'a "script" or a "jar"' : 'a "script"';
}

function twice({ override = [] }: JobFile): Problem[] {
  const part = overridable.find((one) => override.filter((other) => other === one).length > 1);
  if (part === undefined) return [];
  return [{ path: ['job', 'override'], message: `job.override names ${part} twice` }];
}

function passwords({ args = [], env = {} }: JobFile, kind: string): Problem[] {
  const found = [
    ...args.map((value, index) => [['args', String(index)], value] as const),
    ...Object.entries(env).map(([key, value]) => [['env', key], value] as const),
  ].filter(([, value]) => referencesIn(value).length > 0);
  return found.map(([path]) => ({
    path: ['job', ...path],
    message: `job.${path.join('.')} takes no password; let the ${kind === 'jar' ? 'program' : 'script'} read it from a file${kind === 'jar' ? '' : ', or use spark.* or source.*'}`,
  }));
}
