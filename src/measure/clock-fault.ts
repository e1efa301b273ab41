import type { MachineLoad } from '../model/machine-load.js';
import type { Outcome } from '../model/outcome.js';

/** A clock is corrected by less than this within a trial (NTP slews by 0.5 ms a second at most). */
const toleratedMs = 2_000;

/**
 * The outcome of a trial in which the machine slept or its clock was set: Spark takes every batch's time from the time
 * of day. A trial that failed for a reason of its own keeps it.
 */
export function judgeClock(outcome: Outcome, machine: MachineLoad | null): Outcome {
  if (outcome.kind !== 'succeeded' && outcome.kind !== 'timed-out') return outcome;
  const { setMs = 0, sleptMs = 0 } = machine?.clock ?? {};
  const why = [
    ...(sleptMs > toleratedMs ? [`the machine slept for ${seconds(sleptMs)}`] : []),
    ...(Math.abs(setMs) > toleratedMs
      ? [`the clock was set ${setMs > 0 ? 'forward' : 'back'} by ${seconds(setMs)}`]
      : []),
  ];
  return why.length === 0
    ? outcome
    : { kind: 'invalid', reason: why.join(', and '), infrastructure: true };
}

function seconds(ms: number): string {
  return `${String(Math.round(Math.abs(ms) / 1_000))} s`;
}
