import Table from 'cli-table3';
import type { KnobEntry } from '../knobs/catalogue.js';

const changes: Readonly<Record<KnobEntry['change'], string>> = {
  'new-session': 'a new Spark session',
  'new-jvm': 'a new spark-submit',
  'new-query': 'a restart of the query',
  'new-checkpoint': 'a restart of the query with a new checkpoint',
  'new-topic': 'a new topic',
};

/** Describes one knob of the catalogue for people. */
export function renderKnob(entry: KnobEntry): string {
  const rows: [string, string][] = [
    ['does', entry.does],
    ['type', typeText(entry)],
    ['default', defaultText(entry)],
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
  return [entry.key, ...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`)].join(
    '\n',
  );
}

/** Lists several knobs, one line each. */
export function renderKnobList(entries: readonly KnobEntry[]): string {
  const table = new Table({
    head: ['knob', 'default', 'what it does'],
    style: { head: [], border: [], compact: true },
    colWidths: [null, 20, 64],
    wordWrap: true,
  });
  for (const entry of entries) table.push([entry.key, defaultText(entry), entry.does]);
  return table.toString();
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

function actsText({ acts = {}, needs = {}, weak }: KnobEntry): string {
  const parts = [
    ...(acts.never === undefined ? [] : [`never: ${acts.never}`]),
    ...(acts.api === 'dstream'
      ? ['in the old DStream API only; Structured Streaming never reads it']
      : []),
    ...(acts.api === 'rdd' ? ['on RDD operations only'] : []),
    ...(acts.masters === undefined ? [] : [`on ${acts.masters.join(', ')}`]),
    ...(acts.queries === undefined ? [] : [`in ${acts.queries} queries`]),
    ...(acts.streamingSince === undefined ? [] : [`in streams from Spark ${acts.streamingSince}`]),
    ...Object.entries(needs).map(
      ([key, value]) => `with ${key}${value === null ? '' : `=${value}`}`,
    ),
    ...(weak === undefined ? [] : [`but hardly: ${weak}`]),
  ];
  return parts.length === 0 ? 'always' : parts.join('; ');
}
