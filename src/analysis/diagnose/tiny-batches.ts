import type { Symptom } from '../../model/log/diagnosis.js';
import { batchMs, total, type Evidence } from './evidence.js';

const fewBatches = 10;
const tiny = 0.1;
const manyBatches = 0.3;
const muchTime = 0.1;

/** Bursts followed by many batches of a few rows, each of which costs nearly as much as a full one. */
export function tinyBatches({ query, counted }: Evidence): Symptom | undefined {
  const { rowsPerBatch } = query.measurement;
  if (rowsPerBatch === null || counted.length < fewBatches) return undefined;
  const small = counted.filter(({ numInputRows }) => numInputRows < tiny * rowsPerBatch);
  const share = small.length / counted.length;
  const timeShare = total(small, batchMs) / Math.max(1, total(counted, batchMs));
  if (share < manyBatches || timeShare < muchTime) return undefined;
  return { kind: 'tiny-batches', share, timeShare, rowsPerBatch };
}
