import type { Deadline } from '../model/run/deadline.js';
import type { Host } from '../model/host.js';
import type { ReportModel } from '../model/run/report-model.js';
import type { RunObserver } from '../model/run/run-event.js';

export interface RunOptions {
  readonly host: Host;
  readonly observer: RunObserver;
  /** A block that would not finish by then does not start. */
  readonly deadline?: Deadline;
}

export interface FinishedRun {
  readonly folder: string;
  readonly model: ReportModel;
  /** Set if the run was complete already, so that nothing was started. */
  readonly nothingLeft?: true;
}
