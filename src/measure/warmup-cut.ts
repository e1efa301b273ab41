import type { QueryProgress } from '../model/trial/query-progress.js';

export interface CutBatches {
  readonly warmup: readonly QueryProgress[];
  readonly counted: readonly QueryProgress[];
  /** Seconds after the start of the first batch. */
  readonly cutSeconds: number;
}

/**
 * Finds the warm-up cut (docs/method.md, "Warm-up"): W = max(declared seconds, a third of the trial, three batches),
 * counted from the start of the first batch. A batch is warm-up if it starts before W; the first batch always is. In a trial
 * that took turns with others, whose JVM is warm, W is what is declared, and the first batch of each start of its query is
 * warm-up.
 * `batches` are the non-empty ones in order.
 */
export function cutWarmup(
  batches: readonly QueryProgress[],
  declaredSeconds: number,
  inTurns = false,
): CutBatches {
  const [first] = batches;
  const last = batches.at(-1);
  if (first === undefined || last === undefined) return { warmup: [], counted: [], cutSeconds: 0 };
  const trialMs = last.startedAt + (last.durationMs['triggerExecution'] ?? 0) - first.startedAt;
  const inAnyCase = batches[inTurns ? 1 : 3];
  const inAnyCaseMs = inAnyCase === undefined ? trialMs : inAnyCase.startedAt - first.startedAt;
  const share = inTurns ? 0 : trialMs / 3;
  const cutMs = Math.max(declaredSeconds * 1_000, share, inAnyCaseMs);
  const isWarmup = (batch: QueryProgress, index: number) =>
    index === 0 || batch.startedAt - first.startedAt < cutMs || (inTurns && begins(batches, index));
  return {
    warmup: batches.filter(isWarmup),
    counted: batches.filter((batch, index) => !isWarmup(batch, index)),
    cutSeconds: cutMs / 1_000,
  };
}

/** The batches of a trial in turns but the first of each start of its query, which plans it anew. */
export function withoutBeginnings(batches: readonly QueryProgress[]): readonly QueryProgress[] {
  return batches.filter((_, index) => !begins(batches, index));
}

/** Whether its query starts with this batch. */
function begins(batches: readonly QueryProgress[], index: number): boolean {
  return batches[index - 1]?.runId !== batches[index]?.runId;
}
