import type {
  ComparedSide,
  ComparedSubject,
  ResultComparison,
  SideDifference,
} from '../../model/compare/result-comparison.js';
import { shortList } from '../../model/short-list.js';
import { byteSize } from '../imported/log-words.js';
import { alphaText } from '../words/conclusion-text.js';
import { cautionText } from '../words/verdict-text.js';
import { magnitude, plural } from '../words/wording.js';
import { decisive, subjectName } from './compare-words.js';

/** Both sides as they were named, with when they were made. */
export function sideSentences({ before, after }: ResultComparison): string[] {
  return [`Before: ${sideText(before)}`, `After:  ${sideText(after)}`];
}

function sideText({ name, startedAt, spark, logs, simulation }: ComparedSide): string {
  const parts = [
    ...(startedAt === null ? [] : [`${startedAt.slice(0, 16).replace('T', ' ')} UTC`]),
    ...(spark === null ? [] : [`Spark ${spark}`]),
    ...(logs === null ? [] : [plural(logs, 'log')]),
    ...(simulation === null ? [] : [`simulated by ${simulation}: nothing was measured`]),
  ];
  return `${name} (${parts.join(', ')})`;
}

const whats: Readonly<Record<Exclude<SideDifference['what'], 'setting'>, string>> = {
  data: 'data',
  job: 'job',
  mode: 'mode',
  'warm-up': 'warm-up',
  window: 'window',
  simulation: 'simulation',
  world: 'simulated model',
  machine: 'system',
  processor: 'processor',
  processors: 'number of processors',
  memory: 'memory',
  spark: 'Spark',
  kafka: 'Kafka',
  java: 'Java',
  python: 'Python',
  broker: 'broker',
  canary: 'canary',
  streamtune: 'streamtune',
  'rows-per-batch': 'rows per batch',
};

/** What differs between the sides beside what is compared; a sentence, and one more for what changes the meaning of a rate. */
export function differenceSentences({ differences, how, before }: ResultComparison): string[] {
  if (how === 'paired') return [];
  const texts = (changes: boolean) =>
    differences.filter((one) => one.changesMeaning === changes).map(differenceText);
  const [other, listed] = [texts(true), texts(false)];
  return [
    ...(other.length === 0
      ? []
      : [
          `FORCED: the two did other work, so their rates say little together: ${other.join('; ')}.`,
        ]),
    ...(listed.length === 0 ? [] : [`Differs: ${listed.join('; ')}.`]),
    ...(before.logs === null
      ? differences.length === 0
        ? ['Nothing that was recorded differs: the same data, job, versions, settings and machine.']
        : []
      : [
          'A log does not say on which machine, with which data and settings the job ran: make sure that those were the same.',
        ]),
  ];
}

function differenceText({ what, key, before, after }: SideDifference): string {
  const name =
    what === 'setting'
      ? (key ?? what)
      : `${whats[what]}${key === undefined || key === '' ? '' : ` of ${key}`}`;
  const shown = (value: string) => (what === 'memory' ? byteSize(Number(value)) : value);
  return `${name} ${shown(before)} → ${shown(after)}`;
}

/** What must be known of the comparison, a sentence each. */
export function noteSentences(comparison: ResultComparison): string[] {
  const { rows, how, alpha } = comparison;
  return [
    ...rowNotes(comparison),
    ...(how === 'paired' ? pairedNotes() : unpairedNotes(comparison)),
    ...(rows.length > 1
      ? [
          `${plural(rows.length, 'comparison')} are one family: any false claim among them has a chance of at most ${alphaText(alpha)}.`,
        ]
      : []),
    ...onlyNotes(comparison),
  ];
}

function rowNotes(comparison: ResultComparison): string[] {
  return comparison.rows.flatMap((row) => {
    const texts = decisive(row, comparison).cautions.map(cautionText);
    return texts.length === 0 ? [] : [`${subjectName(row.subject)}: ${texts.join('; ')}.`];
  });
}

function pairedNotes(): string[] {
  return [
    'Both are of one run, so they are paired within its blocks. The error holds for a pair that was chosen before the run; of several, the best and the worst always differ.',
  ];
}

function unpairedNotes({ hoursApart, slowerMachine, undecided }: ResultComparison): string[] {
  const apart = hoursApart === null ? '' : `, and began ${spanText(hoursApart)} apart`;
  const what = undecided === null ? 'a verdict' : 'a difference';
  const speed =
    slowerMachine === null
      ? 'Without the canary on both sides, nothing shows how much that is.'
      : `The canary's fixed work took ${magnitude(slowerMachine)} ${slowerMachine < 0 ? 'less' : 'more'} time on the second side, which is the machine and not the job.`;
  return [
    `The two share no blocks${apart}: whatever changed on the machine between them is part of ${what}. ${speed}`,
  ];
}

function spanText(hours: number): string {
  if (hours < 1) return plural(Math.max(1, Math.round(60 * hours)), 'minute');
  return hours < 48 ? plural(Math.round(hours), 'hour') : plural(Math.round(hours / 24), 'day');
}

function onlyNotes({ onlyBefore, onlyAfter }: ResultComparison): string[] {
  const told = (subjects: readonly ComparedSubject[], where: string) => {
    if (subjects.length === 0) return [];
    const names = shortList(subjects.map(subjectName), 3, '; ');
    return [`Only ${where}, so not compared: ${names}.`];
  };
  return [...told(onlyBefore, 'before'), ...told(onlyAfter, 'after')];
}
