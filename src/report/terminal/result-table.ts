import { printable } from '../../model/printable.js';
import type { PairedEstimate, VerdictKind } from '../../model/run/comparison.js';
import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';
import { comparisonColumns } from '../comparison-columns.js';
import { tableWithBars } from './bar-column.js';
import { inkOf, type Ink } from './ink.js';

/** The configurations of a run, each with a bar for its change. */
export function resultTable(model: ReportModel, width: number, ink: Ink): string {
  const columns = comparisonColumns(model);
  return tableWithBars(
    {
      columns,
      cells: model.rows.map((row) => columns.map(({ cell }) => printable(cell(row)))),
      after: columns.findIndex(({ label }) => label.includes('verdict')),
      estimates: model.rows.map((row) => estimateOf(row, model)),
      delta: model.delta,
      paint: (line, row) => {
        const kind = kindOf(model.rows[row], model);
        return kind === undefined ? line : inkOf(kind, ink)(line);
      },
    },
    width,
    ink,
  );
}

function estimateOf(
  row: ConfigurationRow,
  { conclusion, sensitivity }: ReportModel,
): PairedEstimate | null {
  if (row.configuration.role === 'baseline-repeat') return sensitivity.control?.estimate ?? null;
  return row[conclusion.figure]?.estimate ?? null;
}

/** A control that failed stands out as what is worse does. */
function kindOf(
  row: ConfigurationRow | undefined,
  { conclusion, sensitivity }: ReportModel,
): VerdictKind | undefined {
  if (row?.configuration.role === 'baseline-repeat') {
    return sensitivity.control?.result === 'failed' ? 'worse' : undefined;
  }
  return row?.[conclusion.figure]?.kind;
}
