import { knobsOfScope, type Assignment } from '../model/knob.js';

const aggregations = ['by-type', 'by-type-window', 'join'] as const;
const sinks = ['console', 'noop', 'memory', 'parquet', 'kafka'] as const;
const outputModes = ['append', 'complete', 'update'] as const;
const jobKnobs = [
  'aggregation',
  'sink',
  'outputMode',
  'window',
  'watermark',
  'outputTopic',
  'delayPerBatch',
];
const triggerKnobs = ['availableNow', 'processingTime', 'once', 'continuous'];

/** What the template of `data_stream.py` is rendered from, without the places of one trial. */
export interface JobParameters {
  readonly aggregation: (typeof aggregations)[number];
  readonly sink: (typeof sinks)[number];
  readonly outputMode: (typeof outputModes)[number];
  readonly window: string;
  readonly watermark: string;
  readonly outputTopic: string | undefined;
  /** Milliseconds that each batch is made longer by; undefined for a job without that step. */
  readonly delayPerBatchMs: number | undefined;
  readonly sourceOptions: ReadonlyMap<string, string>;
  readonly triggerArgument: string;
  readonly triggerValue: string | boolean;
  /** Whether the query ends by itself once the backlog is read. */
  readonly endsByItself: boolean;
}

/**
 * The template's parameters from a configuration's knobs, with the defaults filled in. An endless query, which reads
 * an offered load, does not stop when it has read all that is there.
 */
export function jobParameters(
  knobs: Assignment,
  { endless = false }: { readonly endless?: boolean } = {},
): JobParameters {
  const job = knobsOfScope(knobs, 'job');
  const sink = sinks.find((name) => name === job.get('sink')) ?? 'noop';
  const delay = job.get('delayPerBatch');
  const mode = outputModes.find((name) => name === job.get('outputMode'));
  const [triggerArgument, triggerValue] = triggerOf(knobs, endless);
  return {
    aggregation: aggregations.find((name) => name === job.get('aggregation')) ?? 'by-type-window',
    sink,
    outputMode: mode ?? (sink === 'parquet' ? 'append' : 'update'),
    window: job.get('window') ?? '1 hour',
    watermark: job.get('watermark') ?? '1 hour',
    outputTopic: job.get('outputTopic'),
    delayPerBatchMs: delay === undefined ? undefined : Number(delay),
    sourceOptions: new Map([['startingOffsets', 'earliest'], ...knobsOfScope(knobs, 'source')]),
    triggerArgument,
    triggerValue,
    endsByItself: triggerArgument === 'availableNow' || triggerArgument === 'once',
  };
}

/** What is wrong with the job's and trigger's knobs, a sentence each; empty if they can run. */
export function validateJobKnobs(knobs: Assignment): string[] {
  const job = knobsOfScope(knobs, 'job');
  const trigger = [...knobsOfScope(knobs, 'trigger')].filter(([, value]) => value !== 'false');
  const { aggregation, sink, outputMode } = jobParameters(knobs);
  const wrong = (key: string, allowed: readonly string[]) => {
    const value = job.get(key);
    return value === undefined || allowed.includes(value)
      ? []
      : [`job.${key} is ${JSON.stringify(value)}, not one of ${allowed.join(', ')}.`];
  };
  return [
    ...unknown('job', job.keys(), jobKnobs),
    ...unknown('trigger', knobsOfScope(knobs, 'trigger').keys(), triggerKnobs),
    ...unknown('topic', knobsOfScope(knobs, 'topic').keys(), ['name', 'partitions']),
    ...topicProblems(knobsOfScope(knobs, 'topic')),
    ...wrong('aggregation', aggregations),
    ...wrong('sink', sinks),
    ...wrong('outputMode', outputModes),
    ...delayProblems(job.get('delayPerBatch'), sink),
    ...(trigger.length > 1
      ? [
          `Only one trigger can be set, not ${trigger.map(([key]) => `trigger.${key}`).join(' and ')}.`,
        ]
      : []),
    ...(knobsOfScope(knobs, 'trigger').has('continuous')
      ? [
          'Continuous processing knows no aggregations, and every aggregation of the template is one.',
        ]
      : []),
    ...(sink === 'parquet' && outputMode !== 'append'
      ? [`The sink parquet takes the output mode append only, not ${outputMode}.`]
      : []),
    ...(outputMode === 'append' && aggregation === 'by-type'
      ? ['The aggregation by-type has no watermark, so it cannot run in output mode append.']
      : []),
  ];
}

function delayProblems(delay: string | undefined, sink: string): string[] {
  if (delay === undefined) return [];
  return [
    ...(/^\d{1,6}$/.test(delay)
      ? []
      : [`job.delayPerBatch is ${JSON.stringify(delay)}, not a whole number of milliseconds.`]),
    ...(sink === 'noop' ? [] : [`job.delayPerBatch goes with job.sink noop only, not ${sink}.`]),
  ];
}

/** Kafka's own rule for names, and a count that a broker on one machine can carry. */
function topicProblems(topic: ReadonlyMap<string, string>): string[] {
  const name = topic.get('name');
  const partitions = topic.get('partitions');
  return [
    ...(name === undefined || /^(?!\.\.?$)[\w.-]{1,200}$/.test(name)
      ? []
      : [`topic.name is ${JSON.stringify(name)}; Kafka takes letters, digits, ".", "_" and "-".`]),
    ...(partitions === undefined || (/^\d+$/.test(partitions) && within(Number(partitions), 1_000))
      ? []
      : [`topic.partitions is ${JSON.stringify(partitions)}, not a whole number from 1 to 1000.`]),
  ];
}

function within(value: number, most: number): boolean {
  return value >= 1 && value <= most;
}

function unknown(scope: string, keys: Iterable<string>, known: readonly string[]): string[] {
  return [...keys]
    .filter((key) => !known.includes(key))
    .map((key) => `${scope}.${key} is no knob of the template; it knows ${known.join(', ')}.`);
}

function triggerOf(knobs: Assignment, endless: boolean): [string, string | boolean] {
  for (const [name, value] of knobsOfScope(knobs, 'trigger')) {
    if (value === 'false') continue;
    return [name, value === 'true' ? true : value];
  }
  return endless ? ['processingTime', '0 seconds'] : ['availableNow', true];
}
