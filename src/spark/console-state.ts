import { createHash } from 'node:crypto';
import { sampleRows, type QueryResult, type ResultRow } from '../model/trial/query-result.js';
import { readConsole, type ConsoleBatch } from './console-batches.js';

/** How a query writes to the console. `keys`: the columns that identify a row, if they are known. */
interface ConsoleShape {
  readonly mode: string;
  readonly keys: readonly string[] | null;
}

/** The final state of what a query printed to the console, or why it cannot be told. */
export function consoleState(
  printed: string,
  { mode, keys }: ConsoleShape,
): Pick<QueryResult, 'state' | 'unread'> {
  const batches = readConsole(printed);
  if (typeof batches === 'string') return { unread: { kind: batches } };
  const [first] = batches;
  const columns = first?.columns ?? [];
  if (mode === 'update' && !(keys?.every((key) => columns.includes(key)) ?? false)) {
    return { unread: { kind: 'keys' } };
  }
  if (mode === 'update') return { state: stateOf(lastRows(batches, keys ?? [])) };
  const told = mode === 'complete' ? batches.slice(-1) : batches;
  const isKey = (column: string) => keys?.includes(column) ?? true;
  return { state: stateOf(told.flatMap((batch) => batch.rows.map(splitBy(batch, isKey)))) };
}

type Pair = readonly [key: string, value: string];

function lastRows(batches: readonly ConsoleBatch[], keys: readonly string[]): Pair[] {
  const last = new Map<string, string>();
  for (const batch of batches) {
    const split = splitBy(batch, (column) => keys.includes(column));
    for (const row of batch.rows) last.set(...split(row));
  }
  return [...last];
}

function splitBy({ columns }: ConsoleBatch, isKey: (column: string) => boolean) {
  return (row: readonly string[]): Pair => {
    const part = (wanted: boolean) =>
      Object.fromEntries(
        columns.flatMap((column, index) =>
          isKey(column) === wanted ? [[column, row[index] ?? '']] : [],
        ),
      );
    const rest = part(false);
    return [JSON.stringify(part(true)), Object.keys(rest).length === 0 ? '' : JSON.stringify(rest)];
  };
}

function stateOf(pairs: readonly Pair[]): NonNullable<QueryResult['state']> {
  const times = new Map<string, { readonly pair: Pair; times: number }>();
  for (const pair of pairs) {
    const text = pair.join('\n');
    const known = times.get(text) ?? { pair, times: 0 };
    known.times += 1;
    times.set(text, known);
  }
  const rows = [...times.values()].map(({ pair: [key, value], times: count }): ResultRow => {
    const shown = count === 1 ? value : `${value} × ${String(count)}`.trim();
    return { hash: hashOf(key).slice(0, 16), key, value: shown };
  });
  rows.sort((a, b) => compare(a.hash, b.hash) || compare(a.value, b.value));
  const digest = hashOf(rows.map(({ key, value }) => `${key}\n${value}`).join('\n'));
  return { rows: pairs.length, digest, share: 1, sample: rows.slice(0, sampleRows) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
