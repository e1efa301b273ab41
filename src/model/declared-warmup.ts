import type { MeasurementSpec } from './experiment.js';

/** The parts of a measurement that say how long trials warm up. */
export type WarmupSpec = Pick<MeasurementSpec, 'warmupSeconds' | 'sessionWarmupSeconds'>;

/** The declared warm-up of a trial, in seconds: in a live driver, which is warm, or in a process of its own. */
export function declaredWarmup(
  { warmupSeconds, sessionWarmupSeconds = warmupSeconds }: WarmupSpec,
  isShared: boolean,
): number {
  return isShared ? sessionWarmupSeconds : warmupSeconds;
}
