import type { KnobEntry, KnobOfVersion } from '../knobs/catalogue.js';
import { textTable } from './terminal/text-table.js';
import { wrapText } from './terminal/wrap-text.js';

const changes: Readonly<Record<KnobEntry['change'], string>> = {
  'new-session': 'a new Spark session',
  'new-jvm': 'a new spark-submit',
  'new-query': 'a restart of the query',
  'new-checkpoint': 'a restart of the query with a new checkpoint',
  'new-topic': 'a new topic',
};

/** Describes one knob of the catalogue for people, in lines of at most this width; `version`: as that Spark has it. */
export function renderKnob(entry: KnobEntry, columns: number, version?: KnobOfVersion): string {
  const rows: [string, string][] = [
    ['does', entry.does],
    ['type', typeText(entry)],
    ...(version === undefined ? [] : [inVersion(version)]),
    ...(version?.known === false
      ? []
      : [['default', defaultText(version ?? entry)] as [string, string]]),
    ['since', entry.since === null ? '(not of Spark)' : `Spark ${entry.since}`],
    ...(entry.until === undefined ? [] : [['until', `Spark ${entry.until}`] as [string, string]]),
    ['acts', actsText(entry)],
    ['to change it', changes[entry.change]],
    ...(entry.frozen === true
      ? [['checkpoint', 'keeps the value that it was made with'] as [string, string]]
      : []),
    ...(entry.instead === undefined ? [] : [['instead', entry.instead] as [string, string]]),
    ['source', entry.source],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.flatMap(([label, text]) =>
    wrapText(text, columns - width - 4).map(
      (line, index) => `  ${(index === 0 ? label : '').padEnd(width)}  ${line}`,
    ),
  );
  return [...wrapText(entry.key, columns, '  '), ...lines].join('\n');
}

function inVersion({ sparkVersion, known }: KnobOfVersion): [string, string] {
  return [`Spark ${sparkVersion}`, known ? 'has it' : 'does not have it, and ignores it'];
}

/** Lists several knobs in a table of at most this width. */
export function renderKnobList(entries: readonly KnobEntry[], width: number): string {
  return textTable(
    [
      { label: 'knob', align: 'left', comfortable: 26 },
      { label: 'default', align: 'left', comfortable: 10, leaves: 1 },
      { label: 'what it does', align: 'left' },
    ],
    entries.map((entry) => [entry.key, defaultText(entry), entry.does]),
    width,
  );
}

function defaultText({ default: first, defaults = {} }: KnobEntry): string {
  const changed = Object.entries(defaults).map(([from, value]) => `${value} from Spark ${from}`);
  return [first ?? '(none)', ...changed].join('; ');
}

function typeText({ type, values, min, max }: KnobEntry): string {
  const range = [
    ...(min === undefined ? [] : [`from ${String(min)}`]),
    ...(max === undefined ? [] : [`to ${String(max)}`]),
  ].join(' ');
  return [type, values?.join(', ') ?? range].filter((part) => part !== '').join(': ');
}

function otherwise({ otherwiseWith = {} }: NonNullable<KnobEntry['acts']>): string {
  const pairs = Object.entries(otherwiseWith).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? '' : `, on other clusters with ${pairs.join(', ')}`;
}

function actsText({ acts = {}, needs = {}, weak }: KnobEntry): string {
  const parts = [
    ...(acts.never === undefined ? [] : [`never: ${acts.never}`]),
    ...(acts.api === 'dstream'
      ? ['in the old DStream API only; Structured Streaming never reads it']
      : []),
    ...(acts.api === 'rdd' ? ['on RDD operations only'] : []),
    ...(acts.masters === undefined ? [] : [`on ${acts.masters.join(', ')}${otherwise(acts)}`]),
    ...(acts.queries === undefined ? [] : [`in ${acts.queries} queries`]),
    ...(acts.streamingSince === undefined ? [] : [`in streams from Spark ${acts.streamingSince}`]),
    ...Object.entries(needs).map(
      ([key, value]) => `with ${key}${value === null ? '' : `=${value}`}`,
    ),
    ...(weak === undefined ? [] : [`but hardly: ${weak}`]),
  ];
  return parts.length === 0 ? 'always' : parts.join('; ');
}
