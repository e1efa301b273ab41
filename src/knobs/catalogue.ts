import { readdirSync, readFileSync } from 'node:fs';
import type { TargetKind } from '../model/target.js';
import { projectPath } from '../process/project-paths.js';
import { isBefore } from './version-order.js';

/** One knob of the catalogue in `knobs/*.json`, whose shape is `schemas/knobs.schema.json`. */
export interface KnobEntry {
  readonly key: string;
  readonly type: 'integer' | 'number' | 'boolean' | 'bytes' | 'duration' | 'enum' | 'string';
  /** As Spark or Kafka writes it, or in words; null for none. */
  readonly default: string | null;
  /** Where it has changed: what it is from a Spark version on, by that version, the oldest first. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** The first Spark version that knows it; null for knobs that are not Spark's. */
  readonly since: string | null;
  readonly until?: string;
  /** One sentence. */
  readonly does: string;
  /** What it costs to change. */
  readonly change: 'new-session' | 'new-jvm' | 'new-query' | 'new-checkpoint' | 'new-topic';
  /** Whether the first checkpoint of a query keeps its value for good. */
  readonly frozen?: true;
  /** When it acts; left out: always. */
  readonly acts?: {
    readonly masters?: readonly TargetKind[];
    readonly queries?: 'stateful' | 'stateless';
    /** The first Spark version in which streaming queries heed it. */
    readonly streamingSince?: string;
    /** For another API than Structured Streaming. */
    readonly api?: 'dstream' | 'rdd';
    /** Why it never does. */
    readonly never?: string;
  };
  /** Why it acts, but hardly on a job like the shipped one. */
  readonly weak?: string;
  /** It acts only where these have these values; null for any. */
  readonly needs?: Readonly<Record<string, string | null>>;
  /** Knobs that have to be set along with it. */
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

/** The entry of a key. Options of the Kafka source are the same in any case, as Spark looks them up so. */
export function findKnob(key: string): KnobEntry | undefined {
  const fold = (text: string) => (text.startsWith('source.') ? text.toLowerCase() : text);
  return catalogue().find((entry) => fold(entry.key) === fold(key));
}

/** The default in a Spark version; null for none, and for a key that the catalogue does not know. */
export function defaultOf(entry: KnobEntry | undefined, sparkVersion: string): string | null {
  const changes = Object.entries(entry?.defaults ?? {});
  const last = changes.filter(([from]) => !isBefore(sparkVersion, from)).at(-1);
  return last?.[1] ?? entry?.default ?? null;
}

/** Entries that hold all words of a text in their key or description, the best-known name first. */
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
