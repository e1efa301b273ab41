import type { Configuration } from '../model/configuration.js';
import type { Measurement } from '../model/measurement.js';
import type { RunRecord, TrialRecord } from '../model/run-record.js';

/** One figure of a measurement, null where the trial has none. */
export type Figure = (measurement: Measurement) => number | null;

export const throughputOf: Figure = (measurement) => measurement.rowsPerSecond;
export const latencyOf: Figure = (measurement) => measurement.batchMs?.p50 ?? null;

/**
 * The logarithm of a configuration's figure in one block; null if it has no succeeded trial there. The
 * baseline runs twice in a block, and its figure is the mean of both: less noise in every comparison.
 */
export function logInBlock(
  run: RunRecord,
  { configuration, block, figure }: { configuration: Configuration; block: number; figure: Figure },
): number | null {
  const same = configuration.isBaseline
    ? run.plan.configurations.filter((other) => other.isBaseline || other.control === 'aa')
    : [configuration];
  const logs = same
    .map((one) => logOfTrial(run, { configuration: one, block, figure }))
    .filter((log) => log !== null);
  return logs.length === 0 ? null : logs.reduce((sum, log) => sum + log, 0) / logs.length;
}

/** The same for the trial of exactly this configuration. */
export function logOfTrial(
  run: RunRecord,
  { configuration, block, figure }: { configuration: Configuration; block: number; figure: Figure },
): number | null {
  const measurement = trialsOfConfiguration(run, configuration).find(
    (record) => record.trial.block === block && isSucceeded(record),
  )?.measurement;
  if (measurement === undefined || measurement === null) return null;
  const value = figure(measurement);
  return value === null || value <= 0 ? null : Math.log(value);
}

/** All ended trials of one configuration. */
export function trialsOfConfiguration(run: RunRecord, configuration: Configuration): TrialRecord[] {
  return run.trials.filter((record) => record.trial.configuration.id === configuration.id);
}

/** The ended trials that do not count, and that no second try in the same block has replaced. */
export function failuresOf(trials: readonly TrialRecord[]): TrialRecord[] {
  return trials.filter(
    (record) =>
      !isSucceeded(record) &&
      !trials.some((other) => isSucceeded(other) && other.trial.block === record.trial.block),
  );
}

export function isSucceeded(record: TrialRecord): boolean {
  return record.outcome.kind === 'succeeded';
}
