/** Why a trial did not succeed, in a word that a table can hold. */
export type FailureClass =
  | 'driver-out-of-memory'
  | 'executor-out-of-memory'
  | 'invalid-value'
  | 'analysis-exception'
  | 'task-failure'
  | 'source-failure'
  | 'disk-full'
  | 'no-progress'
  | 'stuck-batch'
  | 'broker-gone'
  | 'memory-short'
  | 'killed'
  | 'unknown';

/** What happened to a trial that failed. Worded in `report/`. */
export type FailureCause =
  /** One line of what the job, Spark or Kafka said. `stoodStillSeconds`: it did not even end. */
  | { readonly kind: 'message'; readonly text: string; readonly stoodStillSeconds?: number }
  | { readonly kind: 'exit'; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly kind: 'killed'; readonly by: 'kernel' | 'somebody' }
  | { readonly kind: 'stalled'; readonly limitSeconds: number }
  | { readonly kind: 'batch-unfinished'; readonly limitSeconds: number }
  | { readonly kind: 'batch-too-long'; readonly ms: number; readonly limitSeconds: number }
  | { readonly kind: 'disk-reserve'; readonly leftBytes: number; readonly reserveBytes: number }
  | { readonly kind: 'memory-reserve'; readonly leftBytes: number; readonly jobBytes: number };

/** Why a trial that came to its end does not count. Worded in `report/`. */
export type InvalidCause =
  | { readonly kind: 'few-batches'; readonly counted: number; readonly wanted: number }
  | { readonly kind: 'missing-batches'; readonly after: number }
  | { readonly kind: 'repeated-batch'; readonly batchId: number }
  | { readonly kind: 'offset-mismatch'; readonly inputRows: number; readonly offsetRows: number }
  | { readonly kind: 'producer-behind'; readonly keptShare: number }
  | { readonly kind: 'producer-failed'; readonly text: string }
  | { readonly kind: 'no-query' }
  | { readonly kind: 'no-progress-event' }
  | { readonly kind: 'no-batch-times' }
  | { readonly kind: 'dropped-events' }
  | {
      readonly kind: 'setting-differs';
      readonly key: string;
      readonly asked: string;
      readonly effective: string;
    }
  | { readonly kind: 'tasks-differ'; readonly asked: string; readonly tasks: number }
  | {
      readonly kind: 'canary-died';
      readonly exitCode: number | null;
      readonly signal: string | null;
      readonly jobWasStopped: boolean;
    }
  | { readonly kind: 'clock'; readonly sleptMs: number; readonly setMs: number };

/** How a trial ended. Data, never an exception. */
export type Outcome =
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'failed';
      readonly failureClass: FailureClass;
      readonly cause: FailureCause;
      /** The last lines of standard error. */
      readonly stderrTail: readonly string[];
      /** Not the configuration's doing: the trial is tried once more. */
      readonly infrastructure?: true;
    }
  | { readonly kind: 'timed-out'; readonly limitSeconds: number }
  | { readonly kind: 'canceled' }
  | {
      readonly kind: 'invalid';
      readonly cause: InvalidCause;
      readonly infrastructure?: true;
      /** Too short to be measured: the experiment's doing, and no result of the configuration. */
      readonly insufficient?: true;
    };

/** Infrastructure faults are tried once more in the same block; what a configuration does is a result. */
export function deservesRetry(outcome: Outcome): boolean {
  return (
    (outcome.kind === 'invalid' || outcome.kind === 'failed') && outcome.infrastructure === true
  );
}
