import type { ClassArchive } from './class-archive.js';
import type { Toolchain } from './toolchain.js';

/** With what a trial is submitted. */
export interface TrialEnvironment {
  readonly toolchain: Toolchain;
  /** The same for all trials of a Spark; absent where drivers start without one. */
  readonly archive?: ClassArchive | undefined;
}
