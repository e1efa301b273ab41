import { HarnessError } from '../model/harness-error.js';
import { whyNotCounted } from '../model/outcome.js';
import { cellOf } from '../model/plan.js';
import type { TrialRecord } from '../model/run-record.js';
import { isSucceeded } from './run-table.js';

/** So many trials of the baseline in a row that do not count, and a night would be for nothing. */
const inARow = 2;

/** Whether the last trials of the baseline, its control among them, have all failed. Second tries count as one. */
export function isBaselineBroken(records: readonly TrialRecord[]): boolean {
  const last = lastOfBaseline(records);
  return last.length === inARow && last.every((record) => !isSucceeded(record));
}

/** BASELINE_BROKEN, with the cause of the last one. */
export function baselineBroken(folder: string, records: readonly TrialRecord[]): HarnessError {
  const record = lastOfBaseline(records).at(-1);
  const why = record === undefined ? '' : (whyNotCounted(record.outcome) ?? '');
  return new HarnessError({
    code: 'BASELINE_BROKEN',
    message: `The baseline has failed twice in a row, and without it nothing can be compared: ${why}`,
    hint: `Look at ${folder}/trials/${record?.trial.id ?? ''}/stderr.log, correct the experiment, and run it again.`,
  });
}

function lastOfBaseline(records: readonly TrialRecord[]): TrialRecord[] {
  const latest = new Map<string, TrialRecord>();
  for (const record of records) {
    const { configuration } = record.trial;
    if (!configuration.isBaseline && configuration.control !== 'aa') continue;
    if (record.outcome.kind === 'canceled') continue;
    latest.set(cellOf(record.trial), record);
  }
  return [...latest.values()].slice(-inARow);
}
