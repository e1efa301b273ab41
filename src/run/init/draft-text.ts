import { dirname, relative } from 'node:path';
import type { ScriptLook } from '../../jobs/script/look-at-script.js';
import type { Level } from '../../model/knob.js';
import type { Draft, Wanted } from './draft-experiment.js';

/** The experiment file of a draft, with a comment for each choice. */
export function draftText(draft: Draft, wanted: Wanted, look: ScriptLook | undefined): string {
  return [
    ...heading(wanted),
    ...seen(look).map((text) => `# ${text}`),
    'version: 1',
    `name: ${wanted.name}`,
    ...jobLines(draft, wanted, look),
    ...dataLines(draft, wanted),
    '# The same in every configuration:',
    'knobs:',
    ...draft.knobs.flatMap(({ key, value, why }) => [`  # ${why}`, `  ${key}: ${scalar(value)}`]),
    '# What is varied. The first level of each is the baseline, with which all others are compared:',
    'factors:',
    ...draft.factors.flatMap(({ key, value, why }) => [
      `  # ${why}`,
      `  ${key}: [${value.map(scalar).join(', ')}]`,
    ]),
    'design:',
    '  # grid: every combination; one-at-a-time: one factor is changed, the others stay',
    '  kind: one-at-a-time',
    '  # Each block runs every configuration once, the baseline twice. More blocks see smaller changes.',
    `  blocks: ${String(wanted.blocks)}`,
    'measurement:',
    '  # Batches that begin within this time do not count. For a steady JVM give minutes.',
    '  warmup: 2s',
    '  timeLimit: 10m',
    '',
  ].join('\n');
}

function heading({ script }: Wanted): string[] {
  return script === undefined
    ? ['# Made by streamtune init, for the shipped job.']
    : [`# Made by streamtune init for ${script.replaceAll('\n', ' ')}, which is never changed.`];
}

/** What was seen in the script, a line each. */
function seen(look: ScriptLook | undefined): string[] {
  if (look === undefined) return [];
  const options = Object.entries(look.source);
  const conf = Object.entries(look.conf);
  const told = (all: typeof options) =>
    all
      .map(([key, { value, line }]) => `${key}=${oneLine(value)} (line ${String(line)})`)
      .join(', ');
  return [
    'Seen in it, without running it:',
    ...(options.length === 0 ? [] : [`  source: ${told(options)}`]),
    ...(conf.length === 0 ? [] : [`  settings: ${told(conf)}`]),
    ...look.triggers.map(([key, value]) => `  trigger: ${key}=${oneLine(value)}`),
    ...(look.sinks.length === 0 ? [] : [`  sink: ${look.sinks.map(oneLine).join(', ')}`]),
    ...(look.starts === 0 ? ['  no query was seen that it starts'] : []),
    `  the query ${look.stateful ? 'keeps state' : 'keeps no state'}`,
  ];
}

function jobLines({ query }: Draft, { script }: Wanted, look: ScriptLook | undefined): string[] {
  if (script === undefined) return [];
  const required = look?.arguments.filter((one) => one.required).map(({ name }) => name) ?? [];
  return [
    '# In each trial the script reads a topic of streamtune: broker, topic, trigger, checkpoint, sink and the',
    '# knobs below take the place of what it hard-codes. `override: [source, …]` would leave the rest to the script.',
    'job:',
    `  script: ${scalar(script)}`,
    ...(query === undefined
      ? []
      : [
          `  # It starts several queries${look === undefined || look.queries.length === 0 ? '' : ` (${look.queries.map(oneLine).join(', ')})`}; this one decides:`,
          `  query: ${scalar(query)}`,
        ]),
    ...(required.length === 0
      ? []
      : [
          `  # It needs arguments: give a value to each (a knob: '\${job.rate}').`,
          `  args: [${required.flatMap((name) => [scalar(name), "'1'"]).join(', ')}]`,
        ]),
  ];
}

function dataLines({ records }: Draft, { data }: Wanted): string[] {
  return data === undefined
    ? [
        '# Generated records. For your own: { kind: file, path: records.ndjson }, one a line.',
        `data: { kind: generated, records: ${String(records)}, seed: 1 }`,
      ]
    : [`data: { kind: file, path: ${scalar(data)} }`];
}

/** A path as the experiment file names it. */
export function pathFrom(file: string, target: string): string {
  return relative(dirname(file), target);
}

/** JSON is YAML; plain words need no quotes. */
function scalar(value: Level): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[A-Za-z][\w./[\]-]*$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 80);
}
