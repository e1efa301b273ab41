import { defaultBurnIn } from '../model/session-record.js';
import { courseOf } from './batches/counted-batches.js';
import type { TrialShape } from './batches/trial-shape.js';

/** From spark-submit until the driver takes a trial. */
export const driverStartSeconds = 10;
/** In a live driver, before the first batch and after the last. */
const aroundSeconds = 2;
/** By how much the first batch of a warm driver is longer than later ones. */
const firstBatchSeconds = 0.5;
/** Trials until a driver's rate is flat: halfway between the fewest for four configurations and the limit. */
const burnInTrials = 12;

/** What a trial takes in a live driver that is warm: no process to start, nothing to compile. */
export function sessionSecondsOf(shape: TrialShape): number {
  const seconds = aroundSeconds + courseOf(shape, 1, firstBatchSeconds).seconds;
  return Math.min(shape.timeLimitSeconds, seconds);
}

/** What warming a driver up takes with trials of this length, of which there is one at least. */
export function burnInSecondsOf(sessionSeconds: number): number {
  return Math.max(sessionSeconds, Math.min(defaultBurnIn.seconds, burnInTrials * sessionSeconds));
}
