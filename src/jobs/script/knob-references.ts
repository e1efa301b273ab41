import { knobsOfScope, knobScopes, scopeOf, type Assignment } from '../../model/knob.js';

/** Values of a trial that a script may be given besides knobs, by the name of the reference. */
const trialReferences = ['kafka.bootstrapServers', 'kafka.topic', 'kafka.outputTopic'] as const;
export type TrialReferences = Readonly<Record<(typeof trialReferences)[number], string>>;

const pattern = /\$\{([A-Za-z]+\.[^{}]+)\}/g;

/** The names in a text's references: `${job.rate}` has `job.rate`. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

/** What is wrong with a reference in this configuration; undefined if it has a value. */
export function referenceProblem(name: string, knobs: Assignment): string | undefined {
  if (trialReferences.some((one) => one === name)) return undefined;
  if (scopeOf(name) === undefined) {
    const scopes = knobScopes.map((scope) => `${scope}.`).join(', ');
    return `\${${name}} is no reference; it names a knob (${scopes}), or ${trialReferences.join(', ')}.`;
  }
  return valueOf(name, knobs) === undefined
    ? `\${${name}} has no value: no knob or factor sets it.`
    : undefined;
}

/** The text with a value in the place of each reference. */
export function withValues(text: string, knobs: Assignment, trial: TrialReferences): string {
  return text.replaceAll(pattern, (whole, name: string) =>
    name in trial ? trial[name as keyof TrialReferences] : (valueOf(name, knobs) ?? whole),
  );
}

function valueOf(name: string, knobs: Assignment): string | undefined {
  const scope = scopeOf(name);
  if (scope === undefined) return undefined;
  const own = scope === 'spark' ? name : name.slice(scope.length + 1);
  return knobsOfScope(knobs, scope).get(own);
}
