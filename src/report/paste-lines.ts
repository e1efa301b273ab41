import type { Configuration } from '../model/configuration.js';
import { connectorOf } from '../model/kafka-connector.js';
import { knobsOfScope, sparkVersionKnob, type Assignment } from '../model/knob.js';
import { printable } from '../model/printable.js';
import { submitArguments } from '../spark/submit/submit-arguments.js';

/** What to paste to run with some knobs; an empty text where there is nothing of a kind. */
export interface PasteLines {
  /** The Spark whose `spark-submit` to call, where that is one of the knobs. */
  readonly sparkVersion?: string;
  /** Arguments of `spark-submit`, quoted for a shell. */
  readonly submit: string;
  /** Options of the Kafka source, in Python. */
  readonly source: string;
  /** What is set elsewhere, such as `topic.partitions=4`. */
  readonly others: readonly string[];
  /** The keys of knobs to leave to their defaults. */
  readonly unset: readonly string[];
}

export function pasteLines(knobs: Assignment): PasteLines {
  const source = [...knobsOfScope(knobs, 'source')].map(
    ([key, value]) => `.option(${pythonText(key)}, ${pythonText(value)})`,
  );
  const others = (['trigger', 'topic', 'job'] as const).flatMap((scope) =>
    [...knobsOfScope(knobs, scope)].map(([key, value]) => `${scope}.${key}=${value}`),
  );
  const sparkVersion = knobs[sparkVersionKnob] ?? null;
  const settings = submitArguments(knobs);
  return {
    ...(sparkVersion === null ? { submit: settings } : withVersion(String(sparkVersion), settings)),
    source: source.join('\n'),
    others,
    unset: Object.keys(knobs).filter((key) => knobs[key] === null),
  };
}

/** A version is no setting: it is another spark-submit, with the connector of that version. */
function withVersion(sparkVersion: string, settings: string) {
  const packages = `--packages ${connectorOf(sparkVersion)}`;
  return { sparkVersion, submit: settings === '' ? packages : `${packages} \\\n  ${settings}` };
}

/** Whose `spark-submit` the arguments are for. */
export function submitName({ sparkVersion }: PasteLines): string {
  return sparkVersion === undefined ? '' : ` of Spark ${sparkVersion}`;
}

/** The knobs in which a configuration differs from the baseline. */
export function changedKnobs({ levels }: Configuration, baseline: Assignment): Assignment {
  return Object.fromEntries(
    Object.entries(levels).filter(([key, level]) => (baseline[key] ?? null) !== level),
  );
}

/** JSON's escapes mean the same in Python. */
function pythonText(text: string): string {
  return printable(JSON.stringify(text));
}
