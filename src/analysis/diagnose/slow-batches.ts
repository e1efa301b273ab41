import { weightedQuantile } from '../../measure/weighted-quantile.js';
import type { Symptom } from '../../model/log/diagnosis.js';
import { batchMs, total, type Evidence } from './evidence.js';

const fewBatches = 10;
const oftenShare = 0.05;
const neverIdle = 0.98;
/** A batch that starts this soon after the one before did not wait. */
const soonMs = 50;

/**
 * Whether batches take longer than their trigger's interval, which progress does not say: it is the shortest time
 * between the starts of two batches of which the first was followed by a wait. Without any wait, the query is never
 * idle, whatever its trigger.
 */
export function slowBatches({ query, counted }: Evidence): Symptom | undefined {
  if (counted.length < fewBatches) return undefined;
  const pairs = counted.slice(1).flatMap((batch, at) => {
    const before = counted[at];
    return before === undefined
      ? []
      : [{ apartMs: batch.startedAt - before.startedAt, ms: batchMs(before) }];
  });
  const busyShare = total(pairs, ({ ms }) => ms) / total(pairs, ({ apartMs }) => apartMs);
  const { rowsPerSecond } = query.measurement;
  if (busyShare > neverIdle) {
    return {
      kind: 'never-idle',
      busyShare: Math.min(1, busyShare),
      rowsPerSecond: rowsPerSecond ?? 0,
    };
  }
  const waited = pairs.filter(({ apartMs, ms }) => apartMs > ms + soonMs);
  const triggerMs = waited.reduce((least, { apartMs }) => Math.min(least, apartMs), Infinity);
  const slow = counted.filter((batch) => batchMs(batch) > triggerMs + soonMs);
  const share = slow.length / counted.length;
  if (share <= oftenShare) return undefined;
  const points = counted.map((batch) => ({ value: batchMs(batch), weight: 1 }));
  return { kind: 'slow-batches', triggerMs, share, p50Ms: weightedQuantile(points, 0.5) ?? 0 };
}
