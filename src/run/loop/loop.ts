import type { Deadline } from '../../model/run/deadline.js';
import type { RunObserver } from '../../model/run/run-event.js';
import type { RunRecord } from '../../model/run/run-record.js';
import type { TrialTimes } from '../../model/run/trial-times.js';
import type { Strategy } from '../../model/run/strategy.js';
import type { OwnedFolder } from '../../store/open-run-folder.js';
import type { OpenBackend } from '../backends/backend.js';

/** The parts that the loop works with. */
export interface Loop {
  /** The run so far; grows with each decided block and each ended trial. */
  record: RunRecord;
  readonly folder: OwnedFolder;
  readonly backend: OpenBackend;
  readonly strategy: Strategy;
  readonly observer: RunObserver;
  /** Called after each trial, so that there is a report at any time. */
  readonly report: (record: RunRecord) => Promise<void>;
  readonly limits: {
    readonly signal: AbortSignal;
    /** A block that would not finish by then does not start. */
    readonly deadline: Deadline;
    /** What the forecast says of trials. */
    readonly times: TrialTimes;
  };
}
