import { oneLine } from './printable.js';

/** The part of a submission that a knob belongs to: the part of its key before the first dot. */
export const knobScopes = ['spark', 'source', 'trigger', 'topic', 'job'] as const;
export type KnobScope = (typeof knobScopes)[number];

/**
 * The knob that says which Spark runs. It is no setting of Spark, and so in no list of settings: it decides the environment
 * in which a trial is submitted.
 */
export const sparkVersionKnob = 'spark.version';

/** One value of a knob. `null` leaves the knob unset, so that Spark's default applies. */
export type Level = string | number | boolean | null;

/** Knob keys with their levels, for example `{"spark.sql.shuffle.partitions": 10}`. */
export type Assignment = Readonly<Record<string, Level>>;

/** The scope of a knob's key; undefined if it has none of the five. */
export function scopeOf(key: string): KnobScope | undefined {
  const dot = key.indexOf('.');
  if (dot < 1 || dot === key.length - 1) return undefined;
  return knobScopes.find((scope) => scope === key.slice(0, dot));
}

/**
 * The knobs of one scope that are set, as text. `spark.*` keeps its full key, which is Spark's own name; the other
 * scopes lose their prefix. The version of Spark is not among them.
 */
export function knobsOfScope(assignment: Assignment, scope: KnobScope): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, level] of Object.entries(assignment)) {
    if (level === null || key === sparkVersionKnob || scopeOf(key) !== scope) continue;
    found.set(scope === 'spark' ? key : key.slice(scope.length + 1), String(level));
  }
  return found;
}

/** Whether a knob has a level: `null` leaves it unset, as if it were not named. */
export function isSet(assignment: Assignment, key: string): boolean {
  return (assignment[key] ?? null) !== null;
}

/** Formats a level for people, on one line. */
export function levelText(level: Level): string {
  return level === null ? '(default)' : oneLine(String(level));
}
