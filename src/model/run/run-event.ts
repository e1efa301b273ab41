import type { EndedTrial } from '../trial/ended-trial.js';
import type { Block, Trial } from '../trial/plan.js';
import type { ReportModel } from './report-model.js';
import type { RunState } from './run-record.js';

/** What a run reports while it runs. */
export type RunEvent =
  /** `rest` is asked while it lasts, and says how far it is. */
  | { readonly kind: 'step'; readonly text: string; readonly rest?: () => string }
  /** The trials begin; results go into this folder. */
  | { readonly kind: 'run-opened'; readonly folder: string }
  /** What runs next; `fewer` than in the block before once a screening or a look has stopped some. */
  | { readonly kind: 'block-decided'; readonly block: Block; readonly fewer: boolean }
  | { readonly kind: 'trial-started'; readonly trial: Trial; readonly position: Position }
  | {
      readonly kind: 'trial-progress';
      readonly trial: Trial;
      readonly position: Position;
      readonly batches: number;
      /** Over all batches so far, warm-up included. */
      readonly rowsPerSecond: number | null;
    }
  | { readonly kind: 'trial-ended'; readonly ended: EndedTrial; readonly position: Position }
  /** The reports are written, whether or not every trial has ended. */
  | { readonly kind: 'run-ended'; readonly state: RunState; readonly model: ReportModel };

export interface Position {
  readonly block: number;
  readonly blocks: number;
  /** Counted from 1, over the whole run. */
  readonly trialNumber: number;
  /** Trials to run; fewer than planned once a look has decided a configuration. */
  readonly trials: number;
  /** Estimated seconds until the whole run ends. */
  readonly secondsLeft: number;
}

/** Watches a run: a terminal, a file, a page. */
export interface RunObserver extends AsyncDisposable {
  notify(event: RunEvent): void;
}
