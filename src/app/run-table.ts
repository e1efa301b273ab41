import type { Measurement } from '../model/measurement.js';
import type { RunRecord, TrialRecord } from '../model/run-record.js';

/** The trials of a run by what they are looked up by, so that an analysis does not search. */
export interface RunTable {
  readonly run: RunRecord;
  /** Blocks up to which it is judged: the looks that have come, or Infinity where their number is fixed. */
  readonly looks: readonly number[];
  /** All ended trials of a configuration, in the order in which they ran. */
  readonly trialsOf: (configurationId: string) => readonly TrialRecord[];
  /** What the succeeded trial of a configuration in a block measured; null where there is none. */
  readonly measured: (configurationId: string, block: number) => Measurement | null;
}

export function tabulate(run: RunRecord, looks: readonly number[] = [Infinity]): RunTable {
  const byConfiguration = new Map<string, TrialRecord[]>();
  const byCell = new Map<string, Measurement | null>();
  for (const record of run.trials) {
    const { configuration, block } = record.trial;
    const found = byConfiguration.get(configuration.id);
    if (found === undefined) byConfiguration.set(configuration.id, [record]);
    else found.push(record);
    if (isSucceeded(record)) byCell.set(`${String(block)} ${configuration.id}`, record.measurement);
  }
  return {
    run,
    looks,
    trialsOf: (id) => byConfiguration.get(id) ?? [],
    measured: (id, block) => byCell.get(`${String(block)} ${id}`) ?? null,
  };
}

/** The ended trials that do not count, and that no second try in the same block has replaced. */
export function failuresOf(trials: readonly TrialRecord[]): TrialRecord[] {
  const counted = new Set(trials.filter(isSucceeded).map((record) => record.trial.block));
  return trials.filter((record) => !isSucceeded(record) && !counted.has(record.trial.block));
}

export function isSucceeded(record: TrialRecord): boolean {
  return record.outcome.kind === 'succeeded';
}
