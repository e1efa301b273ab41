import type { EndedTrial } from '../trial/ended-trial.js';
import type { Trial } from '../trial/plan.js';
import type { QueryProgress } from '../trial/query-progress.js';
import type { ReportModel } from '../run/report-model.js';
import type { RunStatus } from '../run/run-status.js';

/** A run at one moment, for a page that follows it. */
export interface LiveView {
  readonly status: RunStatus;
  /** Estimates and no verdicts before the run's first look, as in every report. */
  readonly model: ReportModel;
  /** Every block of the night: those decided, in their order, then those of the plan. */
  readonly blocks: readonly LiveBlock[];
  readonly current: CurrentTrial | null;
  /** The last lines of the logs of the newest failures, by the id of the trial. */
  readonly logTails: ReadonlyMap<string, readonly string[]>;
  /** Why the folder could not be read just now; everything else is then older. */
  readonly problem: string | null;
}

export interface LiveBlock {
  readonly number: number;
  /** Whether it only ranks. */
  readonly isScreening: boolean;
  readonly trials: readonly LiveTrial[];
}

/** One trial of the night, with its second try if it had one. */
export interface LiveTrial {
  readonly trial: Trial;
  readonly state: LiveState;
  /** The try that counts, if one has ended. */
  readonly ended?: EndedTrial;
}

/** skipped: a look or the screening has left its configuration out. */
export type LiveState = 'succeeded' | 'failed' | 'running' | 'to-come' | 'skipped';

/** The trial that has started and not ended. */
export interface CurrentTrial {
  readonly trial: Trial;
  /** So far, in the order of their ends; of every query, if there are several. */
  readonly batches: readonly QueryProgress[];
  /** Undefined where the trial's Spark has no user interface. */
  readonly sparkUi: string | undefined;
}

/** What a reader has chosen to see. */
export interface LiveChoice {
  /** The block whose trials are listed; undefined for the one that is running, or the next. */
  readonly block: number | undefined;
}
