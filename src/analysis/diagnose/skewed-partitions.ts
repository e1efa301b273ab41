import type { Symptom } from '../../model/log/diagnosis.js';
import { total, type Evidence } from './evidence.js';

/** So many times its even share is skew. */
const timesEven = 2;
const enoughRows = 1_000;

/** A partition of the topic that holds far more of the rows than the others, by the offsets. */
export function skewedPartitions({ counted }: Evidence): Symptom | undefined {
  const rows = new Map<string, number>();
  for (const { startOffset, endOffset } of counted.flatMap(({ sources }) => sources)) {
    for (const [partition, end] of Object.entries(endOffset)) {
      const more = Math.max(0, end - (startOffset[partition] ?? end));
      rows.set(partition, (rows.get(partition) ?? 0) + more);
    }
  }
  const all = total([...rows.values()], (one) => one);
  const [busiest, most] = [...rows].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  if (rows.size < 2 || all < enoughRows || most <= (timesEven * all) / rows.size) return undefined;
  return { kind: 'skewed-partitions', busiest, share: most / all, partitions: rows.size };
}
