import type { CellColumn } from '../column.js';
import type { ComparedRow, ResultComparison } from '../../model/compare/result-comparison.js';
import { count, verdictCell } from '../words/wording.js';
import { decisive, subjectName } from './compare-words.js';

/** A column of a comparison, for the terminal and Markdown. */
export function compareColumns(comparison: ResultComparison): readonly CellColumn<ComparedRow>[] {
  const isLog = comparison.before.logs !== null;
  const offered = comparison.figure === 'latency';
  return [
    {
      label: isLog ? 'query' : 'configuration',
      align: 'left',
      cell: ({ subject }) => subjectName(subject),
    },
    {
      label: isLog ? 'logs' : 'trials',
      align: 'right',
      leaves: 3,
      cell: ({ before, after }) => `${count(before.trials)} / ${count(after.trials)}`,
    },
    {
      label: 'rows/s\nbefore → after',
      align: 'right',
      ...(offered ? { leaves: 2 } : {}),
      cell: ({ before, after }) =>
        `${count(before.rowsPerSecond?.median)} → ${count(after.rowsPerSecond?.median)}`,
    },
    {
      label: 'verdict and\nchange',
      align: 'right',
      cell: (row) => verdictCell(decisive(row, comparison)),
    },
    {
      label: `${offered ? 'end-to-end' : 'batch'} ms\nbefore → after`,
      align: 'right',
      ...(offered ? {} : { leaves: 1 }),
      cell: ({ before, after }) => `${count(before.latencyMs)} → ${count(after.latencyMs)}`,
    },
  ];
}
