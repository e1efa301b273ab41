import type { Configuration } from '../model/configuration.js';
import type { Measurement } from '../model/measurement.js';
import type { RunRecord, TrialRecord } from '../model/run-record.js';

/** One figure of a measurement, null where the trial has none. */
export type Figure = (measurement: Measurement) => number | null;

export const throughputOf: Figure = (measurement) => measurement.rowsPerSecond;
export const latencyOf: Figure = (measurement) => measurement.batchMs?.p50 ?? null;

/** The figure of the configuration's succeeded trial in one block; null if there is none. */
export function figureInBlock(
  run: RunRecord,
  { configuration, block, figure }: { configuration: Configuration; block: number; figure: Figure },
): number | null {
  const record = trialsOfConfiguration(run, configuration).find((r) => r.trial.block === block);
  if (record === undefined || !isSucceeded(record) || record.measurement === null) return null;
  return figure(record.measurement);
}

/** All ended trials of one configuration. */
export function trialsOfConfiguration(run: RunRecord, configuration: Configuration): TrialRecord[] {
  return run.trials.filter((record) => record.trial.configuration.id === configuration.id);
}

export function isSucceeded(record: TrialRecord): boolean {
  return record.outcome.kind === 'succeeded';
}
