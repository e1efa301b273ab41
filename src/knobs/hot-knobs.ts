import { knobsOfScope, scopeOf, sparkVersionKnob, type Assignment } from '../model/knob.js';
import { referencesIn } from '../model/secret.js';
import { findKnob } from './catalogue.js';

/**
 * Whether the next session of a running driver can have another level of the knob. A Spark setting can if the catalogue
 * knows it and names no new JVM; what it does not know may be kept by the JVM, so that needs a new one.
 */
export function isHot(key: string): boolean {
  if (scopeOf(key) !== 'spark') return true;
  const entry = findKnob(key);
  return key.startsWith('spark.sql.') && entry !== undefined && entry.change !== 'new-jvm';
}

/**
 * The Spark settings of a configuration that its driver must be started with, and those that its session gets. A setting
 * with a password goes by a way that only a new driver has, and one that a JVM keeps needs a new one.
 */
export function splitByHeat(knobs: Assignment): {
  readonly cold: Assignment;
  readonly hot: Assignment;
} {
  const cold: Record<string, string> = {};
  const hot: Record<string, string> = {};
  for (const [key, value] of knobsOfScope(knobs, 'spark')) {
    const goesLater = isHot(key) && referencesIn(value).length === 0;
    (goesLater ? hot : cold)[key] = value;
  }
  return { cold, hot };
}

/** The same text for configurations whose trials can follow each other in one driver, which knows their passwords. */
export function driverKey(knobs: Assignment): string {
  const settings = Object.entries(splitByHeat(knobs).cold).map((pair) => JSON.stringify(pair));
  const passwords = Object.values(knobs)
    .flatMap(referencesIn)
    .map(({ text }) => text);
  const version = String(knobs[sparkVersionKnob] ?? '');
  return [version, ...settings.sort(), ...passwords.sort()].join('\n');
}
