import { sparkVersionKnob, type Assignment, type Level } from '../../model/knob.js';
import type { Problem } from './schema-problems.js';

/** The section `spark` of an experiment file. */
export interface SparkFile {
  readonly version?: string;
  readonly home?: string;
  readonly classArchive?: 'auto' | 'off';
  readonly masterUi?: string;
  readonly sharedFolder?: string;
}

interface Sections {
  readonly spark?: SparkFile;
  readonly knobs?: Assignment;
  readonly factors?: Readonly<Record<string, readonly Level[]>>;
}

/** Finds what is wrong with the Spark that an experiment asks for; `spark.version` may be a factor, and is no setting. */
export function sparkProblems({ spark = {}, knobs = {}, factors = {} }: Sections): Problem[] {
  const path = ['factors', sparkVersionKnob];
  const levels = factors[sparkVersionKnob];
  return [
    ...[sparkVersionKnob, 'spark.home'].filter((key) => key in knobs).map(noSetting),
    ...('spark.home' in factors ? [noHomes] : []),
    ...(levels === undefined ? [] : levels.flatMap((level, at) => levelProblem(level, at))),
    ...(levels === undefined
      ? []
      : (['version', 'home'] as const)
          .filter((key) => spark[key] !== undefined)
          .map((key) => ({
            ...{ path, atKey: true },
            message: `spark.version is a factor, and spark.${key} names one Spark; leave one of them out`,
          }))),
  ];
}

function noSetting(key: string): Problem {
  const name = key.slice('spark.'.length);
  const message = `${key} is no setting of Spark; write it as \`spark: { ${name}: … }\``;
  const factor = key === sparkVersionKnob ? ', or make it a factor' : '';
  return { path: ['knobs', key], atKey: true, message: `${message}${factor}` };
}

const noHomes: Problem = {
  path: ['factors', 'spark.home'],
  atKey: true,
  message:
    'spark.home is no factor; to compare two builds, run each with its `spark: { home: … }`, and `streamtune compare` the runs',
};

function levelProblem(level: Level, index: number): Problem[] {
  if (typeof level === 'string' && /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(level)) return [];
  return [
    {
      path: ['factors', sparkVersionKnob, String(index)],
      message: `${JSON.stringify(level)} is no exact version of Spark, three numbers, such as 4.0.0`,
    },
  ];
}
