import type { MeasurementSpec } from '../model/experiment.js';
import type { SessionRecord } from '../model/session-record.js';

/** The parts of a measurement that say how long trials warm up. */
export type WarmupSpec = Pick<MeasurementSpec, 'warmupSeconds' | 'sessionWarmupSeconds'>;

/** The declared warm-up of a trial, in seconds: of one in a process of its own, or in a live driver, which is warm. */
export function declaredWarmup(
  { warmupSeconds, sessionWarmupSeconds = warmupSeconds }: WarmupSpec,
  { session }: { readonly session?: SessionRecord | undefined },
): number {
  return session === undefined ? warmupSeconds : sessionWarmupSeconds;
}
