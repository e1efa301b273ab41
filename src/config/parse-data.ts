import type { DataSpec } from '../model/experiment.js';
import { dataKindOf, type DataFile } from './problems/data-problems.js';

/** The data with every default filled in. Only the shipped job cares what is in a record. */
export function dataOfFile(data: DataFile, anySchema: boolean): DataSpec {
  const { path = '', topic = '', command = [], records, seed } = data;
  const some = records === undefined ? {} : { records };
  const owned = data.owned === true ? ({ owned: true } as const) : {};
  switch (dataKindOf(data)) {
    case 'generated':
      return { kind: 'generated', records: records ?? 100_000, seed: seed ?? 1, ...owned };
    case 'file':
      return { kind: 'file', path, ...some, ...(anySchema ? { anySchema } : {}), ...owned };
    case 'topic':
      return { kind: 'topic', topic, ...some };
    case 'command':
      return { kind: 'command', command, folder: '.', records: records ?? 0, ...owned };
  }
}
