import type { Configuration } from '../model/configuration.js';
import type { Measurement } from '../model/trial/measurement.js';
import { cellOf, trialsOf } from '../model/trial/plan.js';
import { isSucceeded, type EndedTrial } from '../model/trial/ended-trial.js';
import type { TrialHistory } from '../model/run/run-record.js';

/** The trials of a run, indexed so that an analysis does not search. */
export interface TrialIndex {
  readonly run: TrialHistory;
  /** All ended trials of a configuration, in execution order. */
  readonly trialsOf: (configurationId: string) => readonly EndedTrial[];
  /** The measurement of a configuration's succeeded trial in a block; null if there is none. */
  readonly measured: (configuration: Configuration, block: number) => Measurement | null;
}

export function indexTrials(run: TrialHistory): TrialIndex {
  const byConfiguration = new Map<string, EndedTrial[]>();
  const byCell = new Map<string, Measurement | null>();
  for (const record of run.trials) {
    const { configuration } = record.trial;
    const found = byConfiguration.get(configuration.id);
    if (found === undefined) byConfiguration.set(configuration.id, [record]);
    else found.push(record);
    if (isSucceeded(record)) byCell.set(cellOf(record.trial), record.measurement);
  }
  return {
    run,
    trialsOf: (id) => byConfiguration.get(id) ?? [],
    measured: (configuration, block) => byCell.get(cellOf({ block, configuration })) ?? null,
  };
}

/** The cells in which a trial has ended, whatever its outcome; one that was canceled has yet to run. */
export function endedCells({ trials }: Pick<TrialHistory, 'trials'>): ReadonlySet<string> {
  const ended = trials.filter(({ outcome }) => outcome.kind !== 'canceled');
  return new Set(ended.map(({ trial }) => cellOf(trial)));
}

/** Whether all trials of the blocks up to this one have ended. */
export function hasEndedUpTo(run: Pick<TrialHistory, 'plan' | 'trials'>, block: number): boolean {
  const ended = endedCells(run);
  return trialsOf(run.plan).every((trial) => trial.block > block || ended.has(cellOf(trial)));
}

/** A trial that counts, with its figures. */
export interface CountedTrial extends EndedTrial {
  readonly measurement: Measurement;
}

/** The trials among these that count. */
export function countedOf(trials: readonly EndedTrial[]): CountedTrial[] {
  return trials.flatMap((ended) => {
    const { measurement } = ended;
    return isSucceeded(ended) && measurement !== null ? [{ ...ended, measurement }] : [];
  });
}

/** The measurements of these configurations' succeeded trials. */
export function measurementsOf(
  { trialsOf }: TrialIndex,
  side: readonly Configuration[],
): Measurement[] {
  return countedOf(side.flatMap(({ id }) => trialsOf(id))).map(({ measurement }) => measurement);
}

/** The ended trials that do not count and were not replaced by a retry in the same block. */
export function failuresOf(trials: readonly EndedTrial[]): EndedTrial[] {
  const counted = new Set(trials.filter(isSucceeded).map((record) => record.trial.block));
  return trials.filter((record) => !isSucceeded(record) && !counted.has(record.trial.block));
}
