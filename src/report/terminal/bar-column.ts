import type { PairedEstimate } from '../../model/run/comparison.js';
import { magnitude } from '../words/wording.js';
import type { Ink } from './ink.js';
import { barScale, intervalBar, scaleLabel } from './interval-bar.js';
import { hasRoomFor, textTable, type TextColumn } from './text-table.js';
import { wrapText } from './wrap-text.js';

interface TableWithBars {
  readonly columns: readonly TextColumn[];
  readonly cells: readonly (readonly string[])[];
  /** The column after which the bars stand; it is painted as they are. */
  readonly after: number;
  /** One for each row, or nothing to draw. */
  readonly estimates: readonly (PairedEstimate | null)[];
  readonly delta: number;
  readonly paint: (line: string, row: number) => string;
}

/** From this width of a table on, its bars are longer. */
const roomy = 120;
/** Names wrap to this before a column of figures goes: rows are three lines high anyway. */
const nameWidth = 18;
/** Only after every other column that may go. */
const leavesLast = 0.5;

/** A table with a bar for each estimate on a common scale, and a line that says what the marks mean. */
export function tableWithBars(
  { columns, cells, after, estimates, delta, paint }: TableWithBars,
  width: number,
  ink: Ink,
): string {
  const painted = columns.map((column, at) => (at === after ? { ...column, paint } : column));
  const found = estimates.filter((one) => one !== null);
  // Estimates that nobody has judged yet would look like verdicts.
  if (!found.some(({ interval }) => interval !== null)) return textTable(painted, cells, width);
  const scale = barScale(found, delta, width >= roomy ? 21 : 15);
  const bars: TextColumn = {
    ...{ label: `change\n${scaleLabel(scale)}`, align: 'right', paint, leaves: leavesLast },
  };
  const barOf = (row: number) => {
    const estimate = estimates[row] ?? null;
    return estimate === null ? '' : intervalBar(estimate, scale);
  };
  const place = after + 1;
  const wider = {
    columns: painted
      .map((column, at) => (at === 0 ? { ...column, comfortable: nameWidth } : column))
      .toSpliced(place, 0, bars),
    rows: cells.map((row, at) => row.toSpliced(place, 0, barOf(at))),
  };
  if (!hasRoomFor(place, wider, width)) return textTable(painted, cells, width);
  const table = textTable(wider.columns, wider.rows, width);
  const isCut = wider.rows.some((row) => /[◀▶]/.test(row[place] ?? ''));
  const legend = `Bars: │ no change, ┊ ±${magnitude(delta)}, ● the estimate, ─ its interval${isCut ? ', ▶ beyond the scale' : ''}.`;
  return [table, ...wrapText(legend, width, '  ').map(ink.faint)].join('\n');
}
