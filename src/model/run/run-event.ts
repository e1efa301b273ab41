import type { EndedTrial } from '../trial/ended-trial.js';
import type { Trial } from '../trial/plan.js';

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly kind: 'step'; readonly text: string }
  /** The trials begin, in this folder. */
  | { readonly kind: 'run-opened'; readonly folder: string }
  | { readonly kind: 'trial-started'; readonly trial: Trial; readonly position: Position }
  | {
      readonly kind: 'trial-progress';
      readonly trial: Trial;
      readonly position: Position;
      readonly batches: number;
      /** Over all batches so far, the warm-up too. */
      readonly rowsPerSecond: number | null;
    }
  | { readonly kind: 'trial-ended'; readonly ended: EndedTrial; readonly position: Position };

export interface Position {
  readonly block: number;
  readonly blocks: number;
  /** Counted from 1, over the whole run. */
  readonly trialNumber: number;
  /** Trials that have to run; fewer than planned once a look has decided a configuration. */
  readonly trials: number;
  /** Estimated seconds until the whole run is over. */
  readonly secondsLeft: number;
}

/** Somebody who watches a run: a terminal, a file, a page. */
export interface RunObserver extends AsyncDisposable {
  notify(event: RunEvent): void;
}
