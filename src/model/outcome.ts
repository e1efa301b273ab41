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

/** How a trial ended. Data, never an exception. */
export type Outcome =
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'failed';
      readonly failureClass: FailureClass;
      /** One line: the Python or Java exception. */
      readonly reason: string;
      /** The last lines of standard error. */
      readonly stderrTail: readonly string[];
      /** Not the configuration's doing: the trial is tried once more. */
      readonly infrastructure?: true;
    }
  | { readonly kind: 'timed-out'; readonly limitSeconds: number }
  | { readonly kind: 'canceled' }
  | {
      readonly kind: 'invalid';
      readonly reason: string;
      readonly infrastructure?: true;
      /** Too short to be measured: the experiment's doing, and no result of the configuration. */
      readonly insufficient?: true;
    };

/** One line that says why a trial does not count; undefined for one that succeeded. */
export function whyNotCounted(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return undefined;
    case 'failed':
      return `${outcome.failureClass}: ${outcome.reason}`;
    case 'timed-out':
      return `not finished after ${String(outcome.limitSeconds)} s`;
    case 'canceled':
      return 'stopped on request';
    case 'invalid':
      return outcome.reason;
  }
}
