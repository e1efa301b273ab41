import type { Deadline } from '../../model/run/deadline.js';
import type { RunObserver } from '../../model/run/run-event.js';
import type { RunRecord } from '../../model/run/run-record.js';
import type { Strategy } from '../../model/run/strategy.js';
import type { OwnedFolder } from '../../store/open-run-folder.js';
import type { OpenBackend } from '../backends/backend.js';

/** What the loop works with. */
export interface Loop {
  /** What there is of the run; grows with each decided block and each ended trial. */
  record: RunRecord;
  readonly folder: OwnedFolder;
  readonly backend: OpenBackend;
  readonly strategy: Strategy;
  readonly observer: RunObserver;
  /** Called after each trial, so that a report exists at any moment. */
  readonly report: (record: RunRecord) => Promise<void>;
  readonly limits: {
    readonly signal: AbortSignal;
    /** No block starts that would not end by then. */
    readonly deadline: Deadline;
    /** What one trial is forecast to take. */
    readonly forecastSeconds: number;
  };
}
