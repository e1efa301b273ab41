import type { SealedTrial } from '../trial/ended-trial.js';
import type { ProcessIdentity } from '../process-identity.js';

/** One step of a run, as stored in its journal. A replay of these yields the state of the run. */
export type JournalEvent =
  /** `manifest`: SHA-256 of `manifest.json`, which in turn has those of the files beside it. */
  | { readonly kind: 'run-started'; readonly manifest: string }
  /** `differences`: what had changed since the run began, if it was resumed by force. */
  | { readonly kind: 'run-resumed'; readonly differences: readonly string[] }
  /** What the strategy decided to run next, and whether without the canary. */
  | {
      readonly kind: 'block-decided';
      readonly block: number;
      readonly launches: DecidedLaunches;
      readonly canary?: 'off';
    }
  | { readonly kind: 'trial-started'; readonly trial: string }
  /** A process group to stop if its run crashes. */
  | {
      readonly kind: 'process-started';
      readonly what: 'job' | 'broker';
      readonly process: ProcessIdentity;
    }
  | ({ readonly kind: 'trial-ended'; readonly trial: string } & SealedTrial)
  | { readonly kind: 'run-ended'; readonly why: RunEnd };

/** The trials of each launch of a block: their ids and configuration ids. */
export type DecidedLaunches = readonly (readonly {
  readonly id: string;
  readonly configuration: string;
}[])[];

/** complete: every trial that was not skipped has ended. The others leave some to `resume`. */
export type RunEnd = 'complete' | 'interrupted' | 'out-of-time' | 'baseline-failed';
