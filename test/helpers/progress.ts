import type { QueryProgress } from '../../src/model/trial/query-progress.js';

interface BatchShape {
  readonly batchId: number;
  readonly startedAt: number;
  readonly rows: number;
  readonly ms: number;
}

/** A progress event with just what a test needs; offsets follow the rows of batches before it. */
export function progress({ batchId, startedAt, rows, ms }: BatchShape, offset = 0): QueryProgress {
  return {
    runId: 'run',
    batchId,
    startedAt,
    numInputRows: rows,
    durationMs: { triggerExecution: ms, addBatch: ms * 0.8 },
    stateOperators: [],
    sources: [
      {
        description: 'KafkaV2[Subscribe[t]]',
        startOffset: { 't-0': offset },
        endOffset: { 't-0': offset + rows },
      },
    ],
  };
}

/** Batches of the same size, one right after the other. */
export function steadyBatches(count: number, rows: number, ms: number): QueryProgress[] {
  return Array.from({ length: count }, (_, index) =>
    progress({ batchId: index, startedAt: index * ms, rows, ms }, index * rows),
  );
}
