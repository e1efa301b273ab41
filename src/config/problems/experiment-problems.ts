import type { Experiment } from '../../model/experiment.js';
import type { Price } from '../../model/cost.js';
import type { Assignment, Level } from '../../model/knob.js';
import { claimProblems, type ClaimFile } from './claim-problems.js';
import { dataProblems, type DataFile } from './data-problems.js';
import { designProblems } from './design-problems.js';
import { planSizeProblem } from './plan-size.js';
import { seconds } from '../quantities.js';
import { jobProblems, kindOf, type JobFile } from '../job/job-problems.js';
import { executorProblems } from './executor-problems.js';
import { kafkaProblems, type KafkaFile } from './kafka-problems.js';
import { keepProblems } from './keep-problems.js';
import type { Problem } from './schema-problems.js';
import { sparkProblems, type SparkFile } from './spark-problems.js';

/** The contents of a file that has passed its schema. */
export interface ExperimentFile {
  readonly name: string;
  readonly description?: string;
  readonly job?: JobFile;
  readonly data?: DataFile;
  readonly kafka?: KafkaFile;
  readonly spark?: SparkFile;
  readonly executor?: 'submit' | 'session' | 'auto';
  readonly knobs?: Assignment;
  readonly factors?: Readonly<Record<string, readonly Level[]>>;
  readonly exclude?: readonly Assignment[];
  readonly baseline?: Assignment;
  readonly design?: Partial<Experiment['design']>;
  readonly measurement?: {
    readonly warmup?: string;
    readonly window?: string;
    readonly timeLimit?: string;
    readonly stallLimit?: string;
    readonly batchLimit?: string;
    readonly diskReserve?: string;
    readonly memoryReserve?: string;
    readonly canary?: 'on' | 'off' | 'auto';
    readonly result?: 'compared' | 'ignored';
    readonly mode?: 'drain' | 'offered';
    readonly rate?: number;
    readonly price?: Partial<Price>;
  };
  readonly claims?: readonly ClaimFile[];
  readonly stopping?: {
    readonly delta?: string;
    readonly worthwhile?: string;
    readonly looks?: readonly number[];
    readonly blocks?: { readonly min?: number; readonly max?: number };
  };
}

/** Finds keys of an experiment that contradict each other, which a schema cannot check. */
export function experimentProblems(file: ExperimentFile): Problem[] {
  return [
    ...jobProblems(file.job),
    ...canaryProblems(file),
    ...keepProblems(file),
    ...sparkProblems(file),
    ...executorProblems(file),
    ...kafkaProblems(file),
    ...claimProblems(file),
    ...dataProblems(file),
    ...lookProblems(file),
    ...designProblems(file),
    ...modeProblems(file),
    ...priceProblems(file),
    ...durationProblems(file),
    ...sizeProblems(file),
  ];
}

function canaryProblems({ job = {}, measurement = {} }: ExperimentFile): Problem[] {
  if (measurement.canary !== 'on' || kindOf(job) !== 'jar') return [];
  const message = 'the canary pauses the job by way of the launcher, which a jar does not have';
  return [{ path: ['measurement', 'canary'], atKey: true, message }];
}

function priceProblems({ measurement: { price } = {} }: ExperimentFile): Problem[] {
  if (price === undefined) return [];
  const { perHour, perCoreHour, perGibHour } = price;
  if ([perHour, perCoreHour, perGibHour].some((part) => part !== undefined)) return [];
  const message = 'a price needs "perHour", "perCoreHour" or "perGibHour"';
  return [{ path: ['measurement', 'price'], message }];
}

function sizeProblems(file: ExperimentFile): Problem[] {
  const message = planSizeProblem({
    kind: file.design?.kind,
    levels: Object.values(file.factors ?? {}).map((all) => all.length),
    blocks: interimLooksOf(file).at(-1) ?? 1,
  });
  return message === undefined ? [] : [{ path: ['factors'], atKey: true, message }];
}

/** The blocks after which a run is judged: the given ones, or three between min and max, or only the last one. */
export function interimLooksOf({ stopping = {}, design = {} }: ExperimentFile): number[] {
  if (stopping.looks !== undefined) return [...stopping.looks];
  const max = stopping.blocks?.max;
  if (max === undefined) return [design.blocks ?? 4];
  const min = stopping.blocks?.min ?? Math.min(4, max);
  return [...new Set([min, Math.round((min + max) / 2), max])].filter((look) => look <= max);
}

function modeProblems({ measurement = {}, knobs = {}, factors = {} }: ExperimentFile): Problem[] {
  const { mode = 'drain', rate, window } = measurement;
  const path = ['measurement'];
  if (mode === 'drain') {
    if (rate === undefined) return [];
    return [{ path: [...path, 'rate'], atKey: true, message: '"rate" goes with mode: offered' }];
  }
  const ending = ['trigger.availableNow', 'trigger.once'].flatMap((key) => [
    ...(endsIt(knobs[key]) ? [['knobs', key]] : []),
    ...((factors[key] ?? []).some(endsIt) ? [['factors', key]] : []),
  ]);
  return [
    ...(rate === undefined
      ? [{ path, message: 'mode offered needs a "rate", records per second' }]
      : []),
    ...(window === undefined
      ? [{ path, message: 'mode offered needs a "window", as the load never ends' }]
      : []),
    ...ending.map((place) => ({
      path: place,
      atKey: true,
      message: `${place[1] ?? ''} ends with the backlog, and mode offered has none`,
    })),
  ];
}

/** A timer of Node holds at most 2³¹ ms, which are 596 hours; a longer one would end at once. */
const mostHours = 500;

function durationProblems({ measurement = {} }: ExperimentFile): Problem[] {
  return (['warmup', 'window', 'timeLimit', 'stallLimit', 'batchLimit'] as const)
    .filter((key) => seconds(measurement[key] ?? '0s') > mostHours * 3_600)
    .map((key) => ({
      path: ['measurement', key],
      message: `measurement.${key} is ${measurement[key] ?? ''}; the longest is ${String(mostHours)}h`,
    }));
}

/** Whether this level sets the trigger; if unset or false, another trigger applies. */
function endsIt(level: Level | undefined): boolean {
  return (level ?? null) !== null && String(level) !== 'false';
}

function lookProblems(file: ExperimentFile): Problem[] {
  const { stopping = {}, design = {} } = file;
  const { min, max } = stopping.blocks ?? {};
  const looks = interimLooksOf(file);
  const path = ['stopping', stopping.looks === undefined ? 'blocks' : 'looks'];
  const problem = (message: string) => [{ path, message }];
  const last = looks.at(-1);
  if (looks.some((look, index) => look <= (looks[index - 1] ?? 0))) {
    return problem('looks must grow, each a later block than the one before');
  }
  if (min !== undefined && max !== undefined && min > max)
    return problem(`min ${String(min)} is more than max ${String(max)}`);
  if (min !== undefined && (looks[0] ?? min) < min)
    return problem(
      `the first look comes before block ${String(min)}, the least that are asked for`,
    );
  if (max !== undefined && last !== max)
    return problem(
      `the last look must come after block ${String(max)}, the most that are asked for`,
    );
  if (design.blocks !== undefined && last !== design.blocks) {
    return problem(
      `the last look comes after block ${String(last)}, but design.blocks is ${String(design.blocks)}`,
    );
  }
  return [];
}
