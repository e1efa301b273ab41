/** What else happened on the machine during a trial. Each is null if the system does not report it. */
export interface MachineLoad {
  /** One-minute load average at the end of the trial. */
  readonly load1: number | null;
  /** Share of all processors' time used by other programs: not the trial, the broker or streamtune. */
  readonly othersShare: number | null;
  /** Share of all processors' time that the hypervisor gave to others. */
  readonly stealShare: number | null;
  readonly freeDiskBytes: number | null;
  /** How far the time of day was set, and how long the machine slept; absent in older runs. */
  readonly clock: { readonly setMs: number; readonly sleptMs: number };
}
