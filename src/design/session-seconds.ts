import type { Experiment } from '../model/experiment.js';
import type { Assignment } from '../model/knob.js';
import { burnInOfTurns, defaultBurnIn } from '../model/session-record.js';
import { mean } from '../stats/mean.js';
import { recordsOfTurn } from './batches/records-of-turn.js';
import { courseOf } from './batches/counted-batches.js';
import { trialShape, type TrialShape } from './batches/trial-shape.js';

/** From spark-submit until the driver takes a trial. */
export const driverStartSeconds = 10;
/** In a live driver, before the first batch and after the last. */
const aroundSeconds = 2;
/** By how much the first batch of a warm driver is longer than later ones. */
const firstBatchSeconds = 0.5;
/** Trials until a driver's rate is flat: halfway between the fewest for four configurations and the limit. */
const burnInTrials = 12;
/** The same of trials as long as a turn: a round more than the fewest for so many configurations. */
const shortBurnInTrials = (configurations: number) =>
  2 * configurations + Math.max(6, configurations);

/** What a trial takes in a live driver that is warm: no process to start, nothing to compile. */
export function sessionSecondsOf(shape: TrialShape): number {
  const seconds = aroundSeconds + courseOf(shape, 1, firstBatchSeconds).seconds;
  return Math.min(shape.timeLimitSeconds, seconds);
}

/** What warming a driver up takes for trials with these knobs on so many records; 0 for none. */
export function burnInSecondsOf(
  experiment: Experiment,
  all: readonly Assignment[],
  records: number,
): number {
  if (all.length === 0) return 0;
  const shapes = all.map((knobs) => trialShape(knobs, experiment, records));
  const turn = recordsOfTurn(experiment, all, records);
  if (turn !== undefined) {
    const seconds = shapes.map(
      ({ batchRows, batchSeconds }) => aroundSeconds + (turn / batchRows) * batchSeconds,
    );
    return Math.min(burnInOfTurns.seconds, shortBurnInTrials(all.length) * mean(seconds));
  }
  const sessionSeconds = mean(shapes.map(sessionSecondsOf));
  return Math.max(sessionSeconds, Math.min(defaultBurnIn.seconds, burnInTrials * sessionSeconds));
}
