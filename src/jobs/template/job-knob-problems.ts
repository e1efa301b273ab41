import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { closestName } from '../../knobs/closest-name.js';
import { isTopicName, topicNameRule } from '../../model/topic-name.js';
import { intervalProblem } from './interval-problem.js';
import { aggregations, jobParameters, outputModes, sinks } from './job-parameters.js';

const jobKnobs = ['aggregation', 'sink', 'outputMode', 'window', 'watermark', 'outputTopic'];
const triggerKnobs = ['availableNow', 'processingTime', 'once', 'continuous', 'realTime'];
/** Triggers that the template does not support, and why. */
const refusedTriggers = {
  continuous:
    'Continuous processing knows no aggregations, and every aggregation of the template is one.',
  realTime:
    'Real-time mode knows no aggregations in Spark 4.2, and every aggregation of the template is one.',
};

/** Returns what is wrong with the job's and trigger's knobs, a sentence each; empty if they can run. */
export function jobKnobProblems(knobs: Assignment): string[] {
  const job = knobsOfScope(knobs, 'job');
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
    ...intervalProblems(knobs),
    ...outputTopicProblems(job.get('outputTopic')),
    ...wrong('aggregation', aggregations),
    ...wrong('sink', sinks),
    ...wrong('outputMode', outputModes),
    ...triggerProblems(knobsOfScope(knobs, 'trigger')),
    ...(sink === 'parquet' && outputMode !== 'append'
      ? [`The sink parquet takes the output mode append only, not ${outputMode}.`]
      : []),
    ...(outputMode === 'append' && aggregation === 'by-type'
      ? ['The aggregation by-type has no watermark, so it cannot run in output mode append.']
      : []),
  ];
}

function triggerProblems(trigger: ReadonlyMap<string, string>): string[] {
  const chosen = [...trigger].filter(([, value]) => value !== 'false').map(([key]) => key);
  return [
    ...(chosen.length > 1
      ? [`Only one trigger can be set, not ${chosen.map((key) => `trigger.${key}`).join(' and ')}.`]
      : []),
    ...Object.entries(refusedTriggers)
      .filter(([name]) => trigger.has(name))
      .map(([, why]) => why),
  ];
}

/** Checks Kafka's rule for names, and a partition count that a broker on one machine can handle. */
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

const intervals = {
  'job.window': 'positive',
  'job.watermark': 'zero',
  'trigger.processingTime': 'zero',
} as const;

function intervalProblems(knobs: Assignment): string[] {
  return Object.entries(intervals).flatMap(([key, least]) => {
    const level = knobs[key] ?? null;
    if (level === null || level === false) return [];
    const problem = intervalProblem(String(level), { least });
    return problem === undefined ? [] : [`${key} is ${JSON.stringify(level)}, ${problem}.`];
  });
}

function outputTopicProblems(name: string | undefined): string[] {
  return name === undefined || isTopicName(name)
    ? []
    : [`job.outputTopic is ${JSON.stringify(name)}; Kafka takes ${topicNameRule}.`];
}

function within(value: number, most: number): boolean {
  return value >= 1 && value <= most;
}

function unknown(scope: string, keys: Iterable<string>, known: readonly string[]): string[] {
  return [...keys]
    .filter((key) => !known.includes(key))
    .map((key) => {
      const close = closestName(key, known);
      const meant = close === undefined ? '' : ` Did you mean ${scope}.${close}?`;
      return `${scope}.${key} is no knob of the template; it knows ${known.join(', ')}.${meant}`;
    });
}
