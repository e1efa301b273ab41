import type { CellColumn } from './column.js';
import type { ConfigurationRow, ReportModel } from '../model/run/report-model.js';
import { confidenceText } from './words/conclusion-text.js';
import { configurationName, controlCell, count, spread, verdictCell } from './words/wording.js';

/** One column of the comparison, for both the terminal and Markdown. */
export function comparisonColumns(model: ReportModel): readonly CellColumn<ConfigurationRow>[] {
  const { experiment } = model.run;
  const offered = model.conclusion.figure === 'latency';
  return [
    {
      label: 'configuration',
      align: 'left',
      cell: (row) => configurationName(row.configuration, experiment.baseline),
    },
    {
      label: 'trials',
      align: 'right',
      leaves: 4,
      cell: (row) => `${count(row.endedBlocks)}/${count(row.plannedTrials)}`,
    },
    {
      label: 'rows/s\nmedian (range)',
      align: 'right',
      ...(offered ? { leaves: 3 } : {}),
      cell: (row) => spread(row.rowsPerSecond),
    },
    {
      label: `${offered ? 'latency: ' : ''}verdict and change\n(${intervalText(model)})`,
      align: 'right',
      cell: (row) => decisiveCell(row, model),
    },
    { ...timesColumn('batch ms', model.rows, ({ batchMs }) => batchMs), leaves: 2 },
    ...(offered ? offeredColumns(model) : []),
    { label: 'batches', align: 'right', leaves: 5, cell: (row) => count(row.batches) },
    {
      label: 'failures',
      align: 'right',
      leaves: model.rows.some(({ failures }) => failures.length > 0) ? 1 : 6,
      cell: (row) => count(row.failures.length),
    },
  ];
}

function decisiveCell(row: ConfigurationRow, { conclusion, sensitivity }: ReportModel): string {
  if (row.configuration.role === 'baseline-repeat') {
    return sensitivity.control === null ? '' : controlCell(sensitivity.control);
  }
  const verdict = row[conclusion.figure];
  return verdict === null ? '' : verdictCell(verdict);
}

/** The confidence of the intervals: the least, if the configurations have different ones. */
function intervalText({ rows, conclusion }: ReportModel): string {
  const found = rows
    .filter(({ configuration }) => configuration.role === 'candidate')
    .flatMap((row) => row[conclusion.figure]?.estimate ?? [])
    .filter(({ interval }) => interval !== null)
    .map(confidenceText);
  const [first = '95 %', ...others] = new Set(found.sort());
  return `${others.length === 0 ? '' : '≥ '}${first} interval`;
}

/** Columns of an offered load: how long a row takes, and whether the query keeps up. */
function offeredColumns({ rows }: ReportModel): readonly CellColumn<ConfigurationRow>[] {
  return [
    timesColumn('end-to-end ms', rows, ({ offered }) => offered?.endToEndMs ?? null),
    {
      label: 'sustainable\ntrials',
      align: 'right',
      cell: ({ offered }) => `${count(offered?.sustainable)}/${count(offered?.trials)}`,
    },
  ];
}

/** The maximum stands in for a p95 that no configuration has enough batches for. */
function timesColumn(
  label: string,
  rows: readonly ConfigurationRow[],
  times: (row: ConfigurationRow) => ConfigurationRow['batchMs'],
): CellColumn<ConfigurationRow> {
  const tail = rows.some((row) => (times(row)?.p95 ?? null) !== null) ? 'p95' : 'max';
  return {
    label: `${label}\np50 / ${tail}`,
    align: 'right',
    cell: (row) => `${count(times(row)?.p50)} / ${count(times(row)?.[tail])}`,
  };
}
