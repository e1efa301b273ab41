import type { ConfigurationRow, ReportModel } from './report-model.js';
import { configurationName, count, spread, verdictCell } from './wording.js';

/** One column of the comparison, the same on the terminal and in Markdown. */
export interface Column {
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly cell: (row: ConfigurationRow) => string;
}

/** The columns of the comparison table. */
export function comparisonColumns(model: ReportModel): readonly Column[] {
  return [
    {
      label: 'configuration',
      align: 'left',
      cell: (row) => configurationName(row.configuration, model.run.experiment.baseline),
    },
    {
      label: 'trials',
      align: 'right',
      cell: (row) => `${count(row.endedBlocks)}/${count(row.plannedTrials)}`,
    },
    {
      label: 'rows/s\nmedian (range)',
      align: 'right',
      cell: (row) => spread(row.rowsPerSecond),
    },
    {
      label: 'verdict and change\n(95 % interval)',
      align: 'right',
      cell: (row) => (row.throughput === null ? '' : verdictCell(row.throughput)),
    },
    {
      label: 'batch ms\np50 / p95',
      align: 'right',
      cell: (row) => `${count(row.batchMs?.p50)} / ${count(row.batchMs?.p95)}`,
    },
    { label: 'batches', align: 'right', cell: (row) => count(row.batches) },
    { label: 'failures', align: 'right', cell: (row) => count(row.failures.length) },
  ];
}
