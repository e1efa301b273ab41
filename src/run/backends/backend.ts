import type { Executor } from '../../model/trial/executor.js';
import type { Launch } from '../../model/trial/plan.js';
import type { MachineLoad } from '../../model/trial/machine-load.js';
import type { Manifest, RunIdentity } from '../../model/run/run-record.js';
import type { OwnedFolder } from '../../store/open-run-folder.js';

/** Where the trials of a run take place: a real Spark, or a simulated world. Nothing starts until it is opened. */
export interface Backend {
  readonly identity: RunIdentity;
  open(folder: OwnedFolder, manifest: Manifest): Promise<OpenBackend>;
}

/** A backend that is ready for trials, until it is disposed. */
export interface OpenBackend extends AsyncDisposable {
  readonly executor: Executor;
  /** Whether the trials of a launch take turns, so that all of them have to be run at the same time. */
  readonly takesTurns: (launch: Launch) => boolean;
  /** The time of day where the trials take place, ms since 1970. */
  readonly now: () => number;
  /** Starts watching the machine during a trial; the returned function reports what happened. */
  readonly watch: (directory: string) => Promise<() => Promise<MachineLoad | null>>;
}
