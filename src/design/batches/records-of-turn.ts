import { declaredWarmup } from '../../model/declared-warmup.js';
import type { Experiment } from '../../model/experiment.js';
import type { Assignment } from '../../model/knob.js';
import { wantedBatches } from '../../measure/measure-trial.js';
import { leastTurnSeconds } from '../../model/session-record.js';
import { plausibleSpeeds } from './counted-batches.js';
import { trialShape, type TrialShape } from './trial-shape.js';

/** The fewest of a turn. */
const leastBatches = 3;
/** With fewer turns there is little to gain. */
const leastTurns = 3;
/** Sinks that lose nothing, and get nothing twice, when a query is stopped and goes on from its checkpoint. */
const sinks = new Set(['noop', 'parquet']);

/**
 * How many records a trial of a launch reads in a turn, at least, if its trials can take turns in one driver; undefined if
 * each runs in one go. A turn is as short as leaves enough batches that count, since short ones share what the machine does
 * best. The shipped job stops and goes on within a tenth of a second; a script would begin anew in a process of its own.
 * `all`: the knobs of each trial; `records`: of a trial.
 */
export function recordsOfTurn(
  experiment: Experiment,
  all: readonly Assignment[],
  records: number,
): number | undefined {
  const { job, measurement } = experiment;
  const isDrained = measurement.mode === 'drain' && measurement.windowSeconds === undefined;
  if (job.kind !== 'template' || !isDrained || all.length < 2) return undefined;
  const shapes = all.map((knobs) => ({
    shape: trialShape(knobs, experiment, records),
    sink: String(knobs['job.sink'] ?? 'noop'),
  }));
  if (!shapes.every(({ shape, sink }) => shape.readsBacklog && sinks.has(sink))) return undefined;
  const rows = Math.max(...shapes.map(({ shape }) => shape.batchRows));
  const needed = wantedBatches + (shapes.some(({ shape }) => shape.partialEnd) ? 1 : 0);
  const batches = Math.ceil(records / rows);
  const warmup = Math.max(...shapes.map(({ shape }) => warmupBatches(shape, experiment)));
  for (let ofTurn = leastBatches; leastTurns * ofTurn <= batches; ofTurn += 1) {
    if (counted(batches, ofTurn, warmup) >= needed) return ofTurn * rows;
  }
  return undefined;
}

/**
 * The batches that count of a trial in turns, fewest and most over the speeds that are plausible: a turn has `leastRecords`
 * at least, but takes no less than its time.
 */
export function countedInTurns(
  shape: TrialShape,
  experiment: Pick<Experiment, 'measurement'>,
  leastRecords: number,
): { readonly low: number; readonly high: number } {
  const { batches, batchRows, batchSeconds, partialEnd } = shape;
  const counts = plausibleSpeeds.map((speed) => {
    const inTime = (leastTurnSeconds * speed * batchRows) / batchSeconds;
    const ofTurn = Math.ceil(Math.max(leastRecords, inTime) / batchRows);
    const warmup = warmupBatches(shape, experiment, speed);
    return counted(batches, ofTurn, warmup) - (partialEnd ? 1 : 0);
  });
  return { low: Math.min(...counts), high: Math.max(...counts) };
}

/** The batches that may begin within the warm-up, the first in any case; on the fastest machine that is plausible, unless one is given. */
function warmupBatches(
  { batchSeconds }: TrialShape,
  { measurement }: Pick<Experiment, 'measurement'>,
  speed: number = Math.max(...plausibleSpeeds),
): number {
  const seconds = declaredWarmup(measurement, true);
  return Math.max(1, Math.ceil((seconds * speed) / batchSeconds));
}

/** The batches of a trial in turns of this length that are neither in its warm-up nor the first of a turn. */
function counted(batches: number, ofTurn: number, warmup: number): number {
  const turns = Math.ceil(batches / ofTurn) - Math.ceil(warmup / ofTurn);
  return Math.max(0, batches - warmup - turns);
}
