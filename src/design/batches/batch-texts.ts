import { wantedBatches } from '../../measure/measure-trial.js';
import type { Finding } from '../../model/finding.js';
import { courseOf, enoughRecords, leastBatches, type Impossibility } from './counted-batches.js';
import { maxOffsetsKey, type TrialShape } from './trial-shape.js';

type Words = Pick<Finding, 'why' | 'instead'>;

/** Why no trial can count, and what would do. */
export function impossibleText(problem: Impossibility, shape: TrialShape): Words {
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

/** Why trials of this many `seconds` would not end by themselves. */
export function lateText(shape: TrialShape, seconds: number): Words {
  return {
    why: `At the speed that the forecast assumes (${paceText(shape, 1)}), a trial takes ${secondsText(seconds)}; measurement.timeLimit is ${secondsText(shape.timeLimitSeconds)}.`,
    instead: 'measurement.window, which ends a trial that counts, or a longer timeLimit',
  };
}

/** Why trials may not count at a plausible speed; `enough`: the records that would do, 0 if that is not the question. */
export function riskText(shape: TrialShape, speed: number, enough: number): Words {
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
