import type { Symptom } from '../../model/log/diagnosis.js';
import type { Evidence } from './evidence.js';

const manyBytes = 256 * 2 ** 20;
const manyRows = 1_000_000;

/** A state store on the heap with so much in it that garbage collection will feel it. */
export function heapState({ query }: Evidence): Symptom | undefined {
  const { state, measurement } = query;
  if (state === null || state.store !== 'heap') return undefined;
  const memoryBytes = state.memoryBytes ?? 0;
  if (memoryBytes < manyBytes && state.rows < manyRows) return undefined;
  const { updateMs = 0, removalMs = 0, commitMs = 0 } = measurement.stateOperator ?? {};
  const taskMs = updateMs + removalMs + commitMs;
  return {
    kind: 'heap-state',
    rows: state.rows,
    memoryBytes,
    commitShare: taskMs > 0 ? commitMs / taskMs : 0,
  };
}
