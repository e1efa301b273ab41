import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';
import { count } from '../words/wording.js';
import { markdownTable } from './markdown-table.js';

/** Each query of a job with several, and all together; empty for a job with one. */
export function queryTable({ queries }: ConfigurationRow, { run }: ReportModel): string {
  if (queries === null) return '';
  const { job } = run.experiment;
  const decides = job.kind === 'script' ? job.query : undefined;
  const left = (label: string) => ({ label, align: 'left' }) as const;
  const right = (label: string) => ({ label, align: 'right' }) as const;
  return [
    'Its queries one by one, each over its own batches, and all of them together, over the time in which all are warm:',
    markdownTable(
      [left('query'), right('rows/s'), right('batch ms p50'), right('rows read')],
      [
        ...queries.each.map(({ name, rowsPerSecond, batchMs, inputRows }) => [
          name === decides ? `${name} (decides)` : name,
          count(rowsPerSecond),
          count(batchMs),
          count(inputRows),
        ]),
        ['together', count(queries.together), '', ''],
      ],
    ),
  ].join('\n\n');
}
