import type { Experiment } from '../../model/experiment.js';
import type { Launch } from '../../model/trial/plan.js';
import { wantedBatches } from '../../measure/measure-trial.js';
import { trialShape } from './trial-shape.js';

/** Batches at the start of a trial that do not count, and at the start of each later turn. */
const warmup = { trial: 3, turn: 1 } as const;
/** With fewer turns there is little to gain. */
const leastTurns = 3;
/** Sinks that lose nothing, and get nothing twice, when a query is stopped and goes on from its checkpoint. */
const sinks = new Set(['noop', 'parquet']);

/**
 * How many records a trial of the launch reads in a turn, at least, if its trials can take turns in one driver; undefined if
 * each runs in one go. A turn is as short as leaves enough batches that count, since short ones share what the machine does
 * best. The shipped job stops and goes on within a tenth of a second; a script would begin anew in a process of its own.
 * `records`: of a trial.
 */
export function recordsOfTurn(
  experiment: Experiment,
  { trials }: Launch,
  records: number,
): number | undefined {
  const { job, measurement } = experiment;
  const isDrained = measurement.mode === 'drain' && measurement.windowSeconds === undefined;
  if (job.kind !== 'template' || !isDrained || trials.length < 2) return undefined;
  const all = trials.map(({ configuration: { knobs } }) => ({
    shape: trialShape(knobs, experiment, records),
    sink: String(knobs['job.sink'] ?? 'noop'),
  }));
  if (!all.every(({ shape, sink }) => shape.readsBacklog && sinks.has(sink))) return undefined;
  const rows = Math.max(...all.map(({ shape }) => shape.batchRows));
  const needed = wantedBatches + (all.some(({ shape }) => shape.partialEnd) ? 1 : 0);
  const batches = Math.ceil(records / rows);
  for (let ofTurn = warmup.trial; leastTurns * ofTurn <= batches; ofTurn += 1) {
    if (countedBatches(batches, ofTurn) >= needed) return ofTurn * rows;
  }
  return undefined;
}

function countedBatches(batches: number, ofTurn: number): number {
  const later = Math.floor((batches - ofTurn) / ofTurn);
  const rest = batches - ofTurn - later * ofTurn;
  const inLater = later * (ofTurn - warmup.turn) + Math.max(0, rest - warmup.turn);
  return ofTurn - warmup.trial + inLater;
}
