import type { MachineLoad } from '../model/trial/machine-load.js';
import type { InvalidCause } from '../model/trial/outcome.js';

/** A clock is corrected by less than this within a trial (NTP slews by 0.5 ms a second at most). */
const toleratedMs = 2_000;

/**
 * Whether the machine slept during a trial, or its clock was set: Spark takes every batch's time from the time of day.
 */
export function clockFault(machine: MachineLoad | null): InvalidCause | undefined {
  const { setMs, sleptMs } = machine?.clock ?? { setMs: 0, sleptMs: 0 };
  return sleptMs > toleratedMs || Math.abs(setMs) > toleratedMs
    ? {
        kind: 'clock',
        sleptMs: sleptMs > toleratedMs ? sleptMs : 0,
        setMs: Math.abs(setMs) > toleratedMs ? setMs : 0,
      }
    : undefined;
}
