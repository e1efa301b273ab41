/** What trials take by how they are run, in seconds. */
export interface TrialTimes {
  /** A trial in a process of its own. */
  readonly coldSeconds: number;
  /** A trial in a live driver. */
  readonly sessionSeconds: number;
  /** From the start of a driver until it takes its first trial, and what warming it up takes after that. */
  readonly driverStartSeconds: number;
  readonly burnInSeconds: number;
  /** The numbers of the blocks whose trials share drivers; empty if each trial has a process of its own. */
  readonly sessionBlocks: readonly number[];
}
