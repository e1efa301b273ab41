import type { ConfigurationRow, ReportModel } from '../../../model/run/report-model.js';
import { count } from '../wording.js';

/** What the table of a job's queries shows. */
export const queryNote =
  'Its queries one by one, each over its own batches, and all of them together, over the time in which all are warm:';

export const queryColumns = [
  { label: 'query', align: 'left' },
  { label: 'rows/s', align: 'right' },
  { label: 'batch ms p50', align: 'right' },
  { label: 'rows read', align: 'right' },
] as const;

/** Each query of a job with several, and all together, a row of cells each; empty for a job with one. */
export function queryCells({ queries }: ConfigurationRow, { run }: ReportModel): string[][] {
  if (queries === null) return [];
  const { job } = run.experiment;
  const decides = job.kind === 'template' ? undefined : job.query;
  return [
    ...queries.each.map(({ name, rowsPerSecond, batchMs, inputRows }) => [
      name === decides ? `${name} (decides)` : name,
      count(rowsPerSecond),
      count(batchMs),
      count(inputRows),
    ]),
    ['together', count(queries.together), '', ''],
  ];
}
