import { bootstrapServersOf, type KafkaEndpoint } from '../../model/kafka-endpoint.js';
import type { TrialInput } from '../../model/trial/job.js';
import {
  isSet,
  knobsOfScope,
  knobScopes,
  scopeOf,
  sparkVersionKnob,
  type Assignment,
} from '../../model/knob.js';

/** Values of a trial that a job may be given besides knobs, by the name of the reference. */
const trialReferences = [
  'kafka.bootstrapServers',
  'kafka.topic',
  'kafka.outputTopic',
  'kafka.startingOffsets',
  'kafka.security.protocol',
  'kafka.security.mechanism',
  'kafka.security.ca',
  'trial.checkpoint',
  'trial.output',
] as const;
type TrialReferences = Readonly<Record<(typeof trialReferences)[number], string>>;

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

/** The values of a trial; `checkpoint` and `output` are folders. */
export function referencesOf(
  { endpoint, topic, outputTopic, startingOffsets = 'earliest' }: TrialInput,
  { checkpoint, output }: { readonly checkpoint: string; readonly output: string },
): TrialReferences {
  return {
    'kafka.bootstrapServers': bootstrapServersOf(endpoint),
    'kafka.topic': topic,
    'kafka.outputTopic': outputTopic,
    'kafka.startingOffsets': startingOffsets,
    ...securityReferences(endpoint),
    'trial.checkpoint': checkpoint,
    'trial.output': output,
  };
}

/** How to connect, without the password; empty where there is nothing of a kind. */
export function securityReferences({ security }: Pick<KafkaEndpoint, 'security'>) {
  const { protocol, sasl, tls } = security;
  return {
    'kafka.security.protocol': protocol,
    'kafka.security.mechanism': sasl?.mechanism ?? '',
    'kafka.security.ca': tls?.ca ?? '',
  };
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
  if (name === sparkVersionKnob) return isSet(knobs, name) ? String(knobs[name]) : undefined;
  const own = scope === 'spark' ? name : name.slice(scope.length + 1);
  return knobsOfScope(knobs, scope).get(own);
}
