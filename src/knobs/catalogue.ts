import { readdirSync, readFileSync } from 'node:fs';
import type { TargetKind } from '../model/target.js';
import { projectPath } from '../process/project-paths.js';
import { isBefore } from './version-order.js';

/** One knob of the catalogue in `knobs/*.json`, whose schema is `schemas/knobs.schema.json`. */
export interface KnobEntry {
  readonly key: string;
  readonly type: 'integer' | 'number' | 'boolean' | 'bytes' | 'duration' | 'enum' | 'string';
  /** As Spark or Kafka writes it, or in words; null if there is none. */
  readonly default: string | null;
  /** Defaults that later Spark versions changed, by the version that did, oldest first. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** The first Spark version that has it; null for knobs that are not Spark's. */
  readonly since: string | null;
  readonly until?: string;
  /** One sentence. */
  readonly does: string;
  /** What has to be restarted or recreated to change it. */
  readonly change: 'new-session' | 'new-jvm' | 'new-query' | 'new-checkpoint' | 'new-topic';
  /** Whether a query's first checkpoint keeps its value for good. */
  readonly frozen?: true;
  /** When it has an effect; if absent, always. */
  readonly acts?: {
    readonly masters?: readonly TargetKind[];
    /** On all other masters but local it acts where these knobs have these values. */
    readonly otherwiseWith?: Readonly<Record<string, string>>;
    readonly queries?: 'stateful' | 'stateless';
    /** The first Spark version in which streaming queries use it. */
    readonly streamingSince?: string;
    /** It belongs to another API than Structured Streaming. */
    readonly api?: 'dstream' | 'rdd';
    /** Why it never has an effect. */
    readonly never?: string;
  };
  /** Why its effect on a job like the shipped one is small. */
  readonly weak?: string;
  /** It has an effect only if these knobs have these values; null for any value. */
  readonly needs?: Readonly<Record<string, string | null>>;
  /** Knobs that must be set along with it. */
  readonly together?: readonly string[];
  readonly instead?: string;
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly source: string;
}

let loaded: readonly KnobEntry[] | undefined;

/** Every knob of the catalogue, file by file. */
export function catalogue(): readonly KnobEntry[] {
  loaded ??= readdirSync(projectPath('knobs'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(projectPath(`knobs/${name}`), 'utf8');
      return (JSON.parse(text) as { knobs: readonly KnobEntry[] }).knobs;
    });
  return loaded;
}

/** Finds the entry of a key. Kafka source options ignore case, as they do in Spark. */
export function findKnob(key: string): KnobEntry | undefined {
  const fold = (text: string) => (text.startsWith('source.') ? text.toLowerCase() : text);
  return catalogue().find((entry) => fold(entry.key) === fold(key));
}

/** The default in a Spark version; null if there is none, or if the catalogue does not know the key. */
export function defaultOf(entry: KnobEntry | undefined, sparkVersion: string): string | null {
  const changes = Object.entries(entry?.defaults ?? {});
  const last = changes.filter(([from]) => !isBefore(sparkVersion, from)).at(-1);
  return last?.[1] ?? entry?.default ?? null;
}

/** Finds the entries that contain all words of a text in their key or description, most words in the key first. */
export function searchKnobs(text: string): KnobEntry[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const holds = (entry: KnobEntry, word: string) =>
    `${entry.key} ${entry.does}`.toLowerCase().includes(word);
  const inKey = (entry: KnobEntry) =>
    words.filter((word) => entry.key.toLowerCase().includes(word)).length;
  return catalogue()
    .filter((entry) => words.every((word) => holds(entry, word)))
    .sort((a, b) => inKey(b) - inKey(a));
}

/** What the catalogue says of a knob for one Spark version. */
export interface KnobOfVersion extends KnobEntry {
  readonly sparkVersion: string;
  /** Whether that version has it; true of knobs that are not Spark's. */
  readonly known: boolean;
}

/** A knob as one Spark version has it: with the default of that version, and whether that version knows it. */
export function knobOfVersion(entry: KnobEntry, sparkVersion: string): KnobOfVersion {
  const { since, until } = entry;
  const early = since !== null && isBefore(sparkVersion, since);
  const late = until !== undefined && !isBefore(sparkVersion, until);
  const { defaults: _, ...rest } = entry;
  return {
    ...rest,
    ...{ default: defaultOf(entry, sparkVersion), sparkVersion, known: !early && !late },
  };
}
