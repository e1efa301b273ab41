import type { ConfigurationRow, ReportModel } from '../model/run/report-model.js';
import { configurationName, controlCell, count, spread, verdictCell } from './words/wording.js';

/** One column of the comparison, for both the terminal and Markdown. */
export interface Column {
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly cell: (row: ConfigurationRow) => string;
}

/** Columns of an offered load: how long a row takes, and whether the query keeps up. */
const offeredColumns: readonly Column[] = [
  {
    label: 'end-to-end ms\np50 / p95',
    align: 'right',
    cell: ({ offered }) => `${count(offered?.endToEndMs.p50)} / ${count(offered?.endToEndMs.p95)}`,
  },
  {
    label: 'sustainable\ntrials',
    align: 'right',
    cell: ({ offered }) => `${count(offered?.sustainable)}/${count(offered?.trials)}`,
  },
];

export function comparisonColumns(model: ReportModel): readonly Column[] {
  const offered = model.run.experiment.measurement.mode !== 'drain';
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
      label: `${offered ? 'latency: ' : ''}verdict and change\n(95 % interval)`,
      align: 'right',
      cell: ({ configuration, throughput, latency }) => {
        const { control } = model.sensitivity;
        if (configuration.role === 'baseline-repeat') return control ? controlCell(control) : '';
        const verdict = offered ? latency : throughput;
        return verdict === null ? '' : verdictCell(verdict);
      },
    },
    {
      label: 'batch ms\np50 / p95',
      align: 'right',
      cell: (row) => `${count(row.batchMs?.p50)} / ${count(row.batchMs?.p95)}`,
    },
    ...(offered ? offeredColumns : []),
    { label: 'batches', align: 'right', cell: (row) => count(row.batches) },
    { label: 'failures', align: 'right', cell: (row) => count(row.failures.length) },
  ];
}
