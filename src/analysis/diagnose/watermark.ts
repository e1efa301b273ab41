import type { Symptom } from '../../model/log/diagnosis.js';
import type { Evidence } from './evidence.js';

const fewBatches = 10;

/** A watermark that stays where it is while rows come: nothing of the state is ever closed. */
export function watermarkStands({ query, counted }: Evidence): Symptom | undefined {
  const marks = counted.flatMap(({ eventTime }) => eventTime?.watermark ?? []);
  const [first] = marks;
  const last = marks.at(-1);
  if (first === undefined || last === undefined || marks.length < fewBatches) return undefined;
  if (last > first) return undefined;
  return {
    kind: 'watermark-stands',
    watermark: last > 0 ? last : null,
    batches: marks.length,
    stateRows: query.state?.rows ?? null,
  };
}

/** Rows that came after the watermark had passed them, and were dropped. */
export function lateRows({ query }: Evidence): Symptom | undefined {
  const { droppedByWatermark: rows, inputRows } = query.measurement;
  return rows > 0 ? { kind: 'late-rows', rows, inputRows } : undefined;
}
