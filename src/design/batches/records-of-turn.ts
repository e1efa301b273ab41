import { declaredWarmup } from '../../model/declared-warmup.js';
import type { Experiment, Overridable } from '../../model/experiment.js';
import type { Assignment } from '../../model/knob.js';
import { wantedBatches } from '../../measure/measure-trial.js';
import { plausibleSpeeds } from './counted-batches.js';
import { trialShape, type TrialShape } from './trial-shape.js';

/** The fewest of a turn. */
const leastBatches = 3;
/** With fewer turns there is little to gain. */
const leastTurns = 3;
/** What of a script the trial has to decide: its batches, and that it shares no folder with the trials between its turns. */
const ofTheTrial: readonly Overridable[] = ['source', 'trigger', 'checkpoint', 'sink'];
/** Sinks that lose nothing, and get nothing twice, when a query goes on from its checkpoint as its driver has ended. */
const sinks = new Set(['noop', 'parquet']);

/**
 * How many records a trial of a launch reads in a turn, at least, if its trials can take turns in one driver; undefined if
 * each runs in one go. A turn is three batches of the configuration with the largest, since short ones share what the machine
 * does best. A script never goes on from its checkpoint, so any sink will do; a jar shares no driver.
 * `all`: the knobs of each trial; `records`: of a trial.
 */
export function recordsOfTurn(
  experiment: Experiment,
  all: readonly Assignment[],
  records: number,
): number | undefined {
  const { job, measurement } = experiment;
  const isDrained = measurement.mode === 'drain' && measurement.windowSeconds === undefined;
  if (!takesTurns(job) || !isDrained || all.length < 2) return undefined;
  const shapes = all.map((knobs) => ({
    shape: trialShape(knobs, experiment, records),
    sink: String(knobs['job.sink'] ?? 'noop'),
  }));
  const takes = (sink: string) => job.kind === 'script' || sinks.has(sink);
  if (!shapes.every(({ shape, sink }) => shape.readsBacklog && takes(sink))) return undefined;
  const rows = Math.max(...shapes.map(({ shape }) => shape.batchRows));
  const needed = wantedBatches + (shapes.some(({ shape }) => shape.partialEnd) ? 1 : 0);
  const batches = Math.ceil(records / rows);
  const warmup = Math.max(...shapes.map(({ shape }) => warmupBatches(shape, experiment)));
  const isLongEnough = batches - warmup >= needed && batches >= leastTurns * leastBatches;
  return isLongEnough ? leastBatches * rows : undefined;
}

function takesTurns(job: Experiment['job']): boolean {
  if (job.kind !== 'script') return job.kind === 'template';
  return ofTheTrial.every((part) => job.override.includes(part));
}

/** The batches that count of a trial in turns, fewest and most over the speeds that are plausible. */
export function countedInTurns(
  shape: TrialShape,
  experiment: Pick<Experiment, 'measurement'>,
): { readonly low: number; readonly high: number } {
  const { batches, partialEnd } = shape;
  const counts = plausibleSpeeds.map((speed) =>
    Math.max(0, batches - warmupBatches(shape, experiment, speed) - (partialEnd ? 1 : 0)),
  );
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
