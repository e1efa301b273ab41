import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { triggerAndTopicProblems, unknownKnobs } from '../knob-problems.js';
import { isTopicName, topicNameRule } from '../../model/topic-name.js';
import { intervalProblem } from './interval-problem.js';
import { aggregations, jobParameters, outputModes, sinks } from './job-parameters.js';

const jobKnobs = ['aggregation', 'sink', 'outputMode', 'window', 'watermark', 'outputTopic'];
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
    ...unknownKnobs('job', job.keys(), { known: jobKnobs, whose: 'the template' }),
    ...triggerAndTopicProblems(knobs, 'the template'),
    ...intervalProblems(knobs),
    ...outputTopicProblems(job.get('outputTopic')),
    ...wrong('aggregation', aggregations),
    ...wrong('sink', sinks),
    ...wrong('outputMode', outputModes),
    ...refusedTriggerProblems(knobsOfScope(knobs, 'trigger')),
    ...(sink === 'parquet' && outputMode !== 'append'
      ? [`The sink parquet takes the output mode append only, not ${outputMode}.`]
      : []),
    ...(outputMode === 'append' && aggregation === 'by-type'
      ? ['The aggregation by-type has no watermark, so it cannot run in output mode append.']
      : []),
  ];
}

function refusedTriggerProblems(trigger: ReadonlyMap<string, string>): string[] {
  return Object.entries(refusedTriggers)
    .filter(([name]) => trigger.has(name))
    .map(([, why]) => why);
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
