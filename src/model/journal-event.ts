import type { MachineLoad } from './machine-load.js';
import type { OfferedLoad } from './offered-load.js';
import type { Outcome } from './outcome.js';
import type { ProcessIdentity } from './process-identity.js';

/** One step of a run, as its journal keeps it. The state of a run is a replay of these. */
export type JournalEvent =
  | { readonly kind: 'run-started' }
  /** `differences`: what had changed since the run began, where it was resumed by force. */
  | { readonly kind: 'run-resumed'; readonly differences: readonly string[] }
  | { readonly kind: 'trial-started'; readonly trial: string }
  /** A process group that has to be ended should its run die. */
  | {
      readonly kind: 'process-started';
      readonly what: 'job' | 'broker';
      readonly process: ProcessIdentity;
    }
  | ({ readonly kind: 'trial-ended'; readonly trial: string } & TrialEnd)
  | { readonly kind: 'run-ended'; readonly why: RunEnd };

/** How a trial ended, with what is kept of it beside its files. */
export interface TrialEnd {
  readonly outcome: Outcome;
  readonly wallMs: number;
  readonly machine: MachineLoad | null;
  readonly offered: OfferedLoad | null;
}

/** complete: every needed trial has ended. The others leave some to `resume`. */
export type RunEnd = 'complete' | 'interrupted' | 'budget' | 'broken-baseline';
