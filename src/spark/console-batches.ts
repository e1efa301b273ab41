/** A batch as the console sink shows it. */
export interface ConsoleBatch {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const head = /^-+\nBatch: \d+\n-+\n/gm;
const border = /^\+[-+]*\+$/;

/**
 * The batches that Spark's console sink printed, in their order; or why they cannot be told: it shows only the first rows of
 * a batch or the start of a value, or something else is between its lines.
 */
export function readConsole(printed: string): ConsoleBatch[] | UnreadConsole {
  const batches: ConsoleBatch[] = [];
  for (const part of printed.split(head).slice(1)) {
    const batch = batchOf(part.split('\n'));
    if (typeof batch === 'string') return batch;
    batches.push(batch);
  }
  return batches;
}

type UnreadConsole = 'console-shortened' | 'console-mixed';

function batchOf(lines: readonly string[]): ConsoleBatch | UnreadConsole {
  const [top = '', names = '', under = ''] = lines;
  const end = lines.indexOf(top, 3);
  if (!border.test(top) || under !== top || end < 0) return 'console-mixed';
  const columns = cellsOf(names, top);
  const rows = lines.slice(3, end).map((line) => cellsOf(line, top));
  if (columns === undefined || rows.some((row) => row?.length !== columns.length)) {
    return 'console-mixed';
  }
  const shortened = /^only showing top \d+ rows?/.test(lines[end + 1] ?? '');
  const told = rows.filter((row) => row !== undefined);
  // By default the sink cuts a value at 20 characters, the last three of which are dots.
  const isCut = told.some((row) => row.some((cell) => cell.length === 20 && cell.endsWith('...')));
  return shortened || isCut ? 'console-shortened' : { columns, rows: told };
}

/** The cells of a line, at the columns of the border; by its bars where wide characters shift them. */
function cellsOf(line: string, top: string): string[] | undefined {
  if (!line.startsWith('|') || !line.endsWith('|')) return undefined;
  const bars = [...top.matchAll(/\+/g)].map(({ index }) => index);
  const fits = line.length === top.length && bars.every((index) => line[index] === '|');
  if (!fits)
    return line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
  return bars.slice(1).map((to, index) => line.slice((bars[index] ?? 0) + 1, to).trim());
}
