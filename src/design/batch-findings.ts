import { wantedBatches } from '../measure/measure-trial.js';
import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { Finding } from '../model/finding.js';
import type { Level } from '../model/knob.js';
import { shortList } from '../model/short-list.js';
import {
  courseOf,
  enoughRecords,
  impossibility,
  leastBatches,
  plausibleSpeeds,
  startAndEndSeconds,
  type Impossibility,
} from './counted-batches.js';
import { maxOffsetsKey, trialShape, type TrialShape } from './trial-shape.js';

/** What is wrong with the batches of one configuration. */
interface Problem extends Pick<Finding, 'severity' | 'rule' | 'why' | 'instead'> {
  /** Configurations with the same kind of problem share a finding, which tells of the one that needs most. */
  readonly kind: string;
  readonly needs: number;
}

/**
 * Says which configurations cannot have enough batches that count, or may not have them at a plausible speed, and how
 * many records would do. Configurations with the same problem share a finding.
 */
export function batchFindings(
  configurations: readonly Configuration[],
  experiment: Experiment,
  records: number,
): Finding[] {
  const run = configurations.filter(({ role }) => role !== 'baseline-repeat');
  const groups = new Map<string, { problem: Problem; readonly found: Configuration[] }>();
  for (const configuration of run) {
    const problem = problemOf(trialShape(configuration.knobs, experiment, records));
    if (problem === undefined) continue;
    const group = groups.get(problem.kind) ?? { problem, found: [] };
    group.found.push(configuration);
    if (problem.needs > group.problem.needs) group.problem = problem;
    groups.set(problem.kind, group);
  }
  return [...groups.values()].map(({ problem, found }) => {
    const { severity, rule, why, instead } = problem;
    const ids = found.map(({ id }) => id);
    const whose = ids.length === run.length ? '' : ` of ${shortList(ids, 4)}`;
    const what =
      severity === 'error' ? `No trial${whose} can count.` : `The trials${whose} may not count.`;
    return { severity, rule, ...placeOf(found, experiment), what, why, instead };
  });
}

/** Where to change it: at the size of a batch, or else at the records. */
function placeOf(
  found: readonly Configuration[],
  { factors, knobs }: Experiment,
): { readonly key: string; readonly levels: readonly Level[] } {
  const isLimit = (key: string) => key.toLowerCase() === maxOffsetsKey.toLowerCase();
  const factor = factors.find(({ key }) => isLimit(key));
  if (factor !== undefined) {
    const used = new Set(found.map(({ levels }) => levels[factor.key] ?? null));
    const levels = factor.levels.filter((level) => used.has(level));
    return { key: factor.key, levels: levels.length === factor.levels.length ? [] : levels };
  }
  return { key: Object.keys(knobs).find(isLimit) ?? 'data.records', levels: [] };
}

function problemOf(shape: TrialShape): Problem | undefined {
  const impossible = impossibility(shape);
  if (impossible !== undefined) {
    const text = impossibleText(impossible, shape);
    const needs = shape.batchRows;
    return { severity: 'error', rule: 'few-batches', kind: impossible.kind, needs, ...text };
  }
  const usual = courseOf(shape, 1);
  if (usual.timesOut) {
    const total = startAndEndSeconds + usual.seconds;
    const rule = 'time-limit';
    return {
      ...{ severity: 'warning', rule, kind: rule, needs: total },
      why: `At the speed that the forecast assumes (${paceText(shape, 1)}), a trial takes ${secondsText(total)}; measurement.timeLimit is ${secondsText(shape.timeLimitSeconds)}.`,
      instead: 'measurement.window, which ends a trial that counts, or a longer timeLimit',
    };
  }
  const speed = plausibleSpeeds.find((one) => courseOf(shape, one).counted < wantedBatches);
  if (speed === undefined) return undefined;
  const needs = shape.mode === 'drain' ? (enoughRecords(shape) ?? 0) : 0;
  const rule = 'batches-at-risk';
  const text = riskText(shape, speed, needs);
  return { severity: 'warning', rule, kind: `${rule} ${String(speed)}`, needs, ...text };
}

function impossibleText(
  problem: Impossibility,
  shape: TrialShape,
): Pick<Problem, 'why' | 'instead'> {
  const { records, batchRows, warmupSeconds, triggerSeconds } = shape;
  const needed = `a trial needs ${String(wantedBatches)} batches after the warm-up`;
  const longer = `a measurement.window longer than the warm-up`;
  switch (problem.kind) {
    case 'no-backlog':
      return {
        why: 'source.startingOffsets: latest skips all records, as they are there before the trial starts.',
        instead: 'source.startingOffsets: earliest, which is what the job does by itself',
      };
    case 'one-batch':
      return {
        why: `Spark reads all ${rows(records)} in one batch, and ${needed}.`,
        instead: batchSizeFor(shape),
      };
    case 'few-full-batches':
      return {
        why: `${rows(records)} in batches of ${count(batchRows)} make ${String(problem.batches)} full ${problem.batches === 1 ? 'batch' : 'batches'}; the first ${String(leastBatches - wantedBatches)} never count, and ${needed}.`,
        instead: recordsFor(shape),
      };
    case 'all-warmup':
      return {
        why: `The warm-up of ${secondsText(warmupSeconds)} takes the whole trial, which is stopped after ${secondsText(problem.limitSeconds)}.`,
        instead: longer,
      };
    case 'few-triggers':
      return {
        why: `A batch every ${secondsText(triggerSeconds)} makes at most ${String(problem.most)} between the warm-up of ${secondsText(warmupSeconds)} and the end at ${secondsText(problem.limitSeconds)}; ${needed}.`,
        instead: 'a shorter trigger.processingTime, or a longer measurement.window',
      };
    case 'few-rows':
      return {
        why: `Only ${rows(Math.floor(problem.rows))} arrive after the warm-up, and ${needed}.`,
        instead: 'a higher measurement.rate, or a longer measurement.window',
      };
  }
}

function riskText(
  shape: TrialShape,
  speed: number,
  enough: number,
): Pick<Problem, 'why' | 'instead'> {
  const { counted } = courseOf(shape, speed);
  const times = speed > 1 ? `${String(speed)} times as fast` : `${String(1 / speed)} times as slow`;
  const machine =
    speed === 1
      ? 'At the speed that the forecast assumes'
      : `On a machine ${times} as the forecast assumes`;
  const left = counted === 0 ? 'none' : `only ${String(counted)}`;
  return {
    why: `${machine} (${paceText(shape, speed)}), ${left} of its batches ${counted === 1 ? 'is' : 'are'} left after the warm-up, and a trial needs ${String(wantedBatches)}.`,
    instead:
      enough <= shape.records
        ? 'a longer measurement.window, or smaller batches'
        : `${recordsText(enough, shape)}, or a shorter measurement.warmup`,
  };
}

/** A size for about twenty batches; or more records where there are too few for that. */
function batchSizeFor(shape: TrialShape): string {
  const { records } = shape;
  if (records < leastBatches) return recordsText(leastBatches, shape);
  const size = Math.max(1, Math.floor(records / 20));
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1);
  return `${maxOffsetsKey}: ${String(Math.floor(size / unit) * unit)}`;
}

function recordsFor(shape: TrialShape): string {
  const enough = enoughRecords(shape);
  return enough === undefined
    ? 'smaller batches'
    : `${recordsText(enough, shape)}, or smaller batches`;
}

function recordsText(records: number, { from }: TrialShape): string {
  if (from === 'setting') return `data.records: ${String(records)}`;
  return `${from === 'file' ? 'a data file' : 'a topic'} of ${count(records)} records`;
}

function paceText({ batchSeconds }: TrialShape, speed: number): string {
  return `${secondsText(batchSeconds / speed)} a batch`;
}

function secondsText(seconds: number): string {
  return `${Number(seconds.toPrecision(seconds < 10 ? 2 : 4)).toLocaleString('en')} s`;
}

function rows(value: number): string {
  return `${count(value)} record${value === 1 ? '' : 's'}`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
