import type { Executor } from '../../model/trial/executor.js';
import type { MachineLoad } from '../../model/trial/machine-load.js';
import type { Manifest, RunIdentity } from '../../model/run/run-record.js';
import type { OwnedFolder } from '../../store/open-run-folder.js';

/** Where the trials of a run happen: on a real Spark, or in a simulated world. Nothing of it runs until it is opened. */
export interface Backend {
  readonly identity: RunIdentity;
  open(folder: OwnedFolder, manifest: Manifest): Promise<OpenBackend>;
}

/** A backend that is ready for trials, until it is disposed. */
export interface OpenBackend extends AsyncDisposable {
  readonly executor: Executor;
  /** The time of day where the trials happen, ms since 1970. */
  readonly now: () => number;
  /** Begins to watch the machine beside a trial; the function that it gives tells what went on. */
  readonly watch: (directory: string) => Promise<() => Promise<MachineLoad | null>>;
}
