import type { SmallerTrial } from '../executors-seen.js';

/** Why a trial did not succeed, as one word for tables. */
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
  | 'module-missing'
  | 'script-error'
  | 'wrong-scala'
  | 'class-missing'
  | 'no-executors'
  | 'executors-lost'
  | 'executors-failed'
  | 'cluster-gone'
  | 'unknown';

/** What a standalone master said when a trial had got no executor. */
export interface ClusterThen {
  readonly workersAlive: number;
  /** The applications that had cores, and how many. */
  readonly holders: readonly { readonly name: string; readonly cores: number }[];
}

/** What happened to a failed trial. Worded in `report/`. */
export type FailureCause =
  /** One line of output from the job, Spark or Kafka. `stoodStillSeconds`: it hung for this long and did not end. */
  | { readonly kind: 'message'; readonly text: string; readonly stoodStillSeconds?: number }
  | { readonly kind: 'exit'; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly kind: 'killed'; readonly by: 'kernel' | 'somebody' }
  | { readonly kind: 'stalled'; readonly limitSeconds: number }
  | { readonly kind: 'batch-unfinished'; readonly limitSeconds: number }
  | { readonly kind: 'batch-too-long'; readonly ms: number; readonly limitSeconds: number }
  | { readonly kind: 'disk-reserve'; readonly leftBytes: number; readonly reserveBytes: number }
  | { readonly kind: 'memory-reserve'; readonly leftBytes: number; readonly jobBytes: number }
  /** Spark got no executor, and would have gone on waiting. */
  | {
      readonly kind: 'no-executors';
      readonly waitedSeconds: number;
      /** Absent if no master could be asked. */
      readonly cluster?: ClusterThen;
      /** Of YARN, which has not begun with it. */
      readonly queue?: string;
    }
  /** All executors were lost, and none came in their place; `host` and `why` of the last. */
  | {
      readonly kind: 'executors-gone';
      readonly lost: number;
      readonly host: string;
      readonly why: string;
    };

/** Why a trial whose job ended does not count. Worded in `report/`. */
export type InvalidCause =
  | { readonly kind: 'few-batches'; readonly counted: number; readonly wanted: number }
  | { readonly kind: 'missing-batches'; readonly after: number }
  | { readonly kind: 'repeated-batch'; readonly batchId: number }
  | { readonly kind: 'offset-mismatch'; readonly inputRows: number; readonly offsetRows: number }
  | { readonly kind: 'producer-behind'; readonly keptShare: number }
  | { readonly kind: 'producer-failed'; readonly text: string }
  /** `caught`: an error of PySpark that the script caught. */
  | { readonly kind: 'no-query'; readonly caught?: string }
  | { readonly kind: 'query-elsewhere'; readonly child: string }
  | { readonly kind: 'ended-early' }
  /** `topic`: the one that holds the trial's records. */
  | { readonly kind: 'other-topic'; readonly topic: string; readonly read: readonly string[] }
  | { readonly kind: 'several-queries'; readonly names: readonly string[] }
  | { readonly kind: 'query-unknown'; readonly wanted: string; readonly names: readonly string[] }
  | { readonly kind: 'no-progress-event' }
  | { readonly kind: 'no-batch-times' }
  | { readonly kind: 'dropped-events' }
  | {
      readonly kind: 'setting-differs';
      readonly key: string;
      readonly asked: string;
      readonly effective: string;
      /** Where a script sets it: `job.py:14`. */
      readonly where?: string;
    }
  | { readonly kind: 'tasks-differ'; readonly asked: string; readonly tasks: number }
  | {
      readonly kind: 'canary-died';
      readonly exitCode: number | null;
      readonly signal: string | null;
      readonly jobWasStopped: boolean;
    }
  /** It took turns with other trials, one of which ended their driver. */
  | { readonly kind: 'driver-lost' }
  /** `host` and `why` of the last. */
  | {
      readonly kind: 'executors-lost';
      readonly lost: number;
      readonly host: string;
      readonly why: string;
    }
  /** `trial`: the one that had more. */
  | ({ readonly kind: 'fewer-executors' } & SmallerTrial)
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
      /** Not caused by the configuration: the trial is retried once. */
      readonly infrastructure?: true;
    }
  | { readonly kind: 'timed-out'; readonly limitSeconds: number }
  | { readonly kind: 'canceled' }
  | {
      readonly kind: 'invalid';
      readonly cause: InvalidCause;
      readonly infrastructure?: true;
      /** Too short to measure: caused by the experiment, not a result of the configuration. */
      readonly insufficient?: true;
    };

/** Infrastructure faults are retried once in the same block; anything caused by the configuration is a result. */
export function deservesRetry(outcome: Outcome): boolean {
  return (
    (outcome.kind === 'invalid' || outcome.kind === 'failed') && outcome.infrastructure === true
  );
}
