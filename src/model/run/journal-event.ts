import type { StoredTrial } from '../trial/ended-trial.js';
import type { ProcessIdentity } from '../process-identity.js';

/** One step of a run, as its journal keeps it. The state of a run is a replay of these. */
export type JournalEvent =
  | { readonly kind: 'run-started' }
  /** `differences`: what had changed since the run began, where it was resumed by force. */
  | { readonly kind: 'run-resumed'; readonly differences: readonly string[] }
  /** What the strategy decided to run next. */
  | { readonly kind: 'block-decided'; readonly block: number; readonly launches: DecidedLaunches }
  | { readonly kind: 'trial-started'; readonly trial: string }
  /** A process group that has to be ended should its run die. */
  | {
      readonly kind: 'process-started';
      readonly what: 'job' | 'broker';
      readonly process: ProcessIdentity;
    }
  | ({ readonly kind: 'trial-ended'; readonly trial: string } & StoredTrial)
  | { readonly kind: 'run-ended'; readonly why: RunEnd };

/** The trials of each launch of a block: their ids, and those of their configurations. */
export type DecidedLaunches = readonly (readonly {
  readonly id: string;
  readonly configuration: string;
}[])[];

/** complete: every needed trial has ended. The others leave some to `resume`. */
export type RunEnd = 'complete' | 'interrupted' | 'out-of-time' | 'baseline-failed';
