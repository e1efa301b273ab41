import type { QueryProgress } from '../model/trial/query-progress.js';

export interface CutBatches {
  readonly warmup: readonly QueryProgress[];
  readonly counted: readonly QueryProgress[];
  /** Seconds after the start of the first batch. */
  readonly cutSeconds: number;
}

/**
 * Finds the warm-up cut (docs/method.md, "Warm-up"): W = max(declared seconds, a third of the trial, three batches),
 * counted from the start of the first batch. A batch is warm-up if it starts before W; the first batch always is.
 * `batches` are the non-empty ones in order.
 */
export function cutWarmup(batches: readonly QueryProgress[], declaredSeconds: number): CutBatches {
  const [first] = batches;
  const last = batches.at(-1);
  if (first === undefined || last === undefined) return { warmup: [], counted: [], cutSeconds: 0 };
  const trialMs = last.startedAt + (last.durationMs['triggerExecution'] ?? 0) - first.startedAt;
  const fourth = batches[3];
  const threeBatchesMs = fourth === undefined ? trialMs : fourth.startedAt - first.startedAt;
  const cutMs = Math.max(declaredSeconds * 1_000, trialMs / 3, threeBatchesMs);
  const isWarmup = (batch: QueryProgress) =>
    batch === first || batch.startedAt - first.startedAt < cutMs;
  return {
    warmup: batches.filter(isWarmup),
    counted: batches.filter((batch) => !isWarmup(batch)),
    cutSeconds: cutMs / 1_000,
  };
}
