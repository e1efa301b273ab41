import type { CellColumn } from '../column.js';
import type { LoggedQuery } from '../../model/log/imported-log.js';
import { count, duration } from '../words/wording.js';
import { byteSize, queryName } from './log-words.js';

/** A column of the table of queries, for the terminal and Markdown. */
export const queryColumns: readonly CellColumn<LoggedQuery>[] = [
  { label: 'query', align: 'left', cell: queryName },
  {
    label: 'rows/s\nprocessed',
    align: 'right',
    cell: ({ measurement }) => count(measurement.rowsPerSecond),
  },
  {
    label: 'rows/s\ncame in',
    align: 'right',
    leaves: 2,
    cell: ({ inputRowsPerSecond }) => count(inputRowsPerSecond),
  },
  {
    label: 'batch ms\np50',
    align: 'right',
    cell: ({ measurement }) => count(measurement.batchMs?.p50),
  },
  {
    label: 'batch ms\np95',
    align: 'right',
    leaves: 1,
    cell: ({ measurement }) => count(measurement.batchMs?.p95),
  },
  {
    label: 'batches\ncounted',
    align: 'right',
    leaves: 4,
    cell: ({ measurement: { counts } }) => `${count(counts.counted)}/${count(counts.batches)}`,
  },
  {
    label: 'rows per\nbatch',
    align: 'right',
    leaves: 6,
    cell: ({ measurement }) => count(measurement.rowsPerBatch),
  },
  {
    label: 'state rows',
    align: 'right',
    leaves: 3,
    cell: ({ state }) => stateText(state),
  },
  {
    label: 'watermark\nbehind',
    align: 'right',
    leaves: 5,
    cell: ({ watermark }) => watermarkText(watermark),
  },
];

function stateText(state: LoggedQuery['state']): string {
  if (state === null) return '—';
  const memory = state.memoryBytes === null ? '' : ` (${byteSize(state.memoryBytes)})`;
  return `${count(state.rows)}${memory}`;
}

function watermarkText(watermark: LoggedQuery['watermark']): string {
  if (watermark === null) return '—';
  if (watermark.last === null) return 'never moved';
  return watermark.lagMs === null ? '—' : duration(watermark.lagMs / 1_000);
}
