import type { Outcome } from '../trial/outcome.js';
import type { RunState } from './run-record.js';

/** The status of a run. Times are ISO 8601, UTC. */
export interface RunStatus {
  readonly name: string;
  readonly state: RunState;
  readonly startedAt: string;
  /** Time of the journal's last entry. */
  readonly lastAt: string;
  /** Trials to run, and how many of them have ended. */
  readonly planned: number;
  readonly ended: number;
  /** The id of the running trial; of several that take turns, the one that started first. */
  readonly current: string | null;
  /** Those that take turns with it. */
  readonly alongside: readonly string[];
  readonly endsAt: string | null;
  readonly failures: readonly { readonly trial: string; readonly outcome: Outcome }[];
}
