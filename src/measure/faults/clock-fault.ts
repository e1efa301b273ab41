import type { MachineLoad } from '../../model/trial/machine-load.js';
import type { InvalidCause } from '../../model/trial/outcome.js';

/** Normal clock corrections within a trial stay below this (NTP slews by at most 0.5 ms per second). */
const toleratedMs = 2_000;

/** Whether the machine slept or its clock was set during a trial: Spark times every batch by the time of day. */
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
