import type { Outcome } from '../trial/outcome.js';
import type { RunState } from './run-record.js';

/** Where a run is. Times are ISO 8601, UTC. */
export interface RunStatus {
  readonly name: string;
  readonly state: RunState;
  readonly startedAt: string;
  /** Of the last entry in its journal. */
  readonly lastAt: string;
  /** Trials that have to run, and those of them that have ended. */
  readonly planned: number;
  readonly ended: number;
  /** The id of the trial that runs now. */
  readonly current: string | null;
  readonly endsAt: string | null;
  readonly failures: readonly { readonly trial: string; readonly outcome: Outcome }[];
}
