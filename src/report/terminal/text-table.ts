import Table from 'cli-table3';
import { displayWidth } from './display-width.js';
import { wrapText } from './wrap-text.js';

/** A column of a table for terminals. */
export interface TextColumn {
  /** May have several lines. */
  readonly label: string;
  /** Text wraps; a figure, on the right, only has what is in brackets moved to a line of its own. */
  readonly align: 'left' | 'right';
  /** Columns with a number go where the table does not fit, the highest first; the others always stay. */
  readonly leaves?: number;
  /** A column of text wraps to this many columns before others go; 24 unless it says otherwise. */
  readonly comfortable?: number;
  /** Marks up a line of a cell, which then takes no more columns than before. */
  readonly paint?: (line: string, row: number) => string;
}

/** Narrower than this, a table keeps the width and the terminal breaks its lines. */
const narrowest = 60;
/** When all optional columns have gone, text wraps to this. */
const leastText = 12;

/**
 * A table with borders that is no wider than these columns: first its cells wrap, then less important columns go, which
 * a line below the table names. Cells may have several lines.
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const most = Math.max(narrowest, width);
  const kept = keptOf(columns, rows, most);
  const gone = columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => !kept.some((one) => one.index === index))
    .map(({ column }) => column)
    .sort((a, b) => (b.leaves ?? 0) - (a.leaves ?? 0));
  const table = drawn(fitted(kept, most), rows);
  if (gone.length === 0) return table;
  const names = gone.map(({ label }) => label.replaceAll('\n', ' ')).join(', ');
  return [table, ...wrapText(`Not shown, for lack of width: ${names}.`, most, '  ')].join('\n');
}

/** Whether a table of these columns has room for one of them at this width. */
export function hasRoomFor(
  place: number,
  {
    columns,
    rows,
  }: {
    readonly columns: readonly TextColumn[];
    readonly rows: readonly (readonly string[])[];
  },
  width: number,
): boolean {
  return keptOf(columns, rows, Math.max(narrowest, width)).some(({ index }) => index === place);
}

/** The columns that stay, with what they need. */
function keptOf(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  most: number,
): Sized[] {
  let kept = columns.map((column, index) => sized(column, index, rows));
  while (widthOf(kept, 'comfortable') > most) {
    const next = leastImportant(kept);
    if (next === undefined) break;
    kept = kept.filter((one) => one !== next);
  }
  return kept;
}

/** A column with the widths that it would like, that it can do with, and that it needs. */
interface Sized {
  readonly column: TextColumn;
  readonly index: number;
  readonly natural: number;
  readonly comfortable: number;
  readonly least: number;
}

function sized(column: TextColumn, index: number, rows: readonly (readonly string[])[]): Sized {
  const lines = [column.label, ...rows.map((row) => row[index] ?? '')].flatMap((cell) =>
    cell.split('\n'),
  );
  const natural = widest(lines);
  if (column.align === 'right') {
    const least = widest(lines.flatMap(bracketsApart));
    return { column, index, natural, comfortable: least, least };
  }
  const comfortable = Math.min(natural, column.comfortable ?? 24);
  return { column, index, natural, comfortable, least: Math.min(natural, leastText) };
}

/** `952 (909–1,000)` in two parts. */
function bracketsApart(line: string): string[] {
  return line.split(/ (?=\()/);
}

/** Not Math.max(...), whose arguments have a limit. */
function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(text)), 1);
}

function leastImportant(kept: readonly Sized[]): Sized | undefined {
  const optional = kept.filter(({ column }) => column.leaves !== undefined);
  optional.sort((a, b) => (b.column.leaves ?? 0) - (a.column.leaves ?? 0));
  return optional[0];
}

/** Two spaces and a border for each column, and the border on the left. */
function widthOf(kept: readonly Sized[], which: 'natural' | 'comfortable' | 'least'): number {
  return kept.reduce((sum, one) => sum + one[which] + 3, 1);
}

interface Fitted extends Sized {
  readonly width: number;
}

/** Moves what is in brackets to a line of its own, then takes from the widest column, one by one, until the table fits. */
function fitted(kept: readonly Sized[], most: number): Fitted[] {
  const tooWide = widthOf(kept, 'natural') > most;
  const floor = widthOf(kept, 'comfortable') <= most ? 'comfortable' : 'least';
  const fits = kept.map((one) => ({
    ...one,
    width: tooWide && one.column.align === 'right' ? one.least : one.natural,
  }));
  let excess = fits.reduce((sum, { width }) => sum + width + 3, 1) - most;
  for (; excess > 0; excess -= 1) {
    const [place] = fits
      .filter((one) => one.width > one[floor])
      .sort((one, other) => other.width - one.width);
    if (place === undefined) break;
    place.width -= 1;
  }
  return fits;
}

/** A cell's lines in a column of this width. */
function linesIn(text: string, { column, width }: Fitted): string[] {
  if (column.align === 'left') return wrapText(text, width, '  ');
  return text
    .split('\n')
    .flatMap((line) => (displayWidth(line) <= width ? [line] : bracketsApart(line)));
}

/** The cells are wrapped already: the library draws, and finds the widths. */
function drawn(columns: readonly Fitted[], rows: readonly (readonly string[])[]): string {
  const cellOf = (text: string, fit: Fitted) => linesIn(text, fit).join('\n');
  const table = new Table({
    head: columns.map((fit) => cellOf(fit.column.label, fit)),
    colAligns: columns.map(({ column }) => column.align),
    style: { head: [], border: [], compact: true },
    // Never seen. The library shortens each cell to ten columns for a line of its own log, character by character; to one
    // that is as long there is nothing to add.
    truncate: ' '.repeat(10),
  });
  const painted = (text: string, fit: Fitted, row: number) =>
    linesIn(text, fit)
      .map((line) => fit.column.paint?.(line, row) ?? line)
      .join('\n');
  table.push(
    ...rows.map((row, at) => columns.map((fit) => painted(row[fit.index] ?? '', fit, at))),
  );
  return table.toString();
}
