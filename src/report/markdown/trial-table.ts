import type { ConfigurationRow } from '../../model/run/report-model.js';
import { trialColumnsOf } from '../trial-columns.js';
import { markdownTable } from './markdown-table.js';

/** Every trial of a configuration, one row each. */
export function trialTable(row: ConfigurationRow): string {
  if (row.trials.length === 0) return 'No trial of this configuration has finished yet.';
  const columns = trialColumnsOf(row);
  return markdownTable(
    columns,
    row.trials.map((record) => columns.map(({ cell }) => cell(record))),
  );
}
