/** What else went on while a trial ran. Each null where the system does not tell. */
export interface MachineLoad {
  /** One-minute load average at the end of the trial. */
  readonly load1: number | null;
  /** Share of all processors' time that other programs used: neither the trial, nor the broker, nor streamtune. */
  readonly othersShare: number | null;
  /** Share of all processors' time that the hypervisor gave to others. */
  readonly stealShare: number | null;
  readonly freeDiskBytes: number | null;
  /** How far the time of day was set, and how long the machine slept. */
  readonly clock: { readonly setMs: number; readonly sleptMs: number };
}
