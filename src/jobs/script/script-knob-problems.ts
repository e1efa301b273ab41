import type { Overridable, ScriptJob } from '../../model/experiment.js';
import { isSet, knobsOfScope, scopeOf, type Assignment } from '../../model/knob.js';
import { triggerAndTopicProblems } from '../knob-problems.js';
import { sinks } from '../template/job-parameters.js';
import { namesIn, referenceProblem } from './knob-references.js';

/** The part of `override` that hands a scope's knobs to a script. */
const parts = { source: 'source', trigger: 'trigger' } as const;

/** What is wrong with a configuration's knobs for a script, a sentence each; empty if it can run. */
export function scriptKnobProblems(job: ScriptJob, knobs: Assignment): string[] {
  const named = new Set([...job.args, ...Object.values(job.env)].flatMap(namesIn));
  return [
    ...[...named].flatMap((name) => referenceProblem(name, knobs) ?? []),
    ...triggerAndTopicProblems(knobs, 'a script'),
    ...sinkProblems(job, knobs),
    ...Object.keys(knobs).flatMap((key) => handedProblem(key, { knobs, job, named }) ?? []),
  ];
}

function sinkProblems({ override }: ScriptJob, knobs: Assignment): string[] {
  const sink = knobsOfScope(knobs, 'job').get('sink');
  if (sink === undefined) return [];
  if (!override.includes('sink')) return [notTaken('job.sink', 'sink')];
  return sinks.some((one) => one === sink)
    ? []
    : [`job.sink is ${JSON.stringify(sink)}, not one of ${sinks.join(', ')}.`];
}

/** A knob that reaches the script in no way would have the same effect at each level: none. */
function handedProblem(
  key: string,
  {
    knobs,
    job,
    named,
  }: { readonly knobs: Assignment; readonly job: ScriptJob; readonly named: ReadonlySet<string> },
): string | undefined {
  if (!isSet(knobs, key) || named.has(key)) return undefined;
  const scope = scopeOf(key);
  if (scope === 'job' && key !== 'job.sink') {
    return `${key} reaches the script in no way: hand it over in job.args or job.env, as \${${key}}.`;
  }
  const part = scope === 'source' || scope === 'trigger' ? parts[scope] : undefined;
  return part === undefined || job.override.includes(part) ? undefined : notTaken(key, part);
}

function notTaken(key: string, part: Overridable): string {
  return `${key} has no effect, because job.override does not take in ${part}.`;
}
