import { wantedBatches } from '../measure/measure-trial.js';
import type { MeasurementSpec } from '../model/experiment.js';

/** When the launcher stops a trial by its window; empty without one. */
export function windowOf({
  windowSeconds,
  warmupSeconds,
}: Pick<MeasurementSpec, 'windowSeconds' | 'warmupSeconds'>) {
  if (windowSeconds === undefined) return {};
  return { window: { seconds: windowSeconds, warmupSeconds, leastBatches: wantedBatches } };
}
