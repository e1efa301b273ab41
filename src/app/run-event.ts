import type { Trial } from '../model/plan.js';
import type { TrialRecord } from '../model/run-record.js';

/** What a run tells while it goes on; rendered by `cli/`. */
export type RunEvent =
  | { readonly kind: 'step'; readonly text: string }
  /** The trials begin, in this folder. */
  | { readonly kind: 'run-opened'; readonly folder: string }
  | { readonly kind: 'trial-started'; readonly trial: Trial; readonly at: RunPosition }
  | {
      readonly kind: 'trial-progress';
      readonly trial: Trial;
      readonly at: RunPosition;
      readonly batches: number;
      /** Over all batches so far, the warm-up too. */
      readonly rowsPerSecond: number | null;
    }
  | { readonly kind: 'trial-ended'; readonly record: TrialRecord; readonly at: RunPosition };

export interface RunPosition {
  readonly block: number;
  readonly blocks: number;
  /** Counted from 1, over the whole run. */
  readonly trialNumber: number;
  readonly trials: number;
  /** Estimated seconds until the whole run is over. */
  readonly secondsLeft: number;
}
