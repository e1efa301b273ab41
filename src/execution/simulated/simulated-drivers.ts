import { driverKey } from '../../knobs/hot-knobs.js';
import type { Trial } from '../../model/trial/plan.js';
import type { DriverReason, SessionRecord } from '../../model/session-record.js';
import { wornBy } from '../session/driver/driver-limits.js';

/** Warming a driver up takes this long in a simulated world. */
export const burnInSeconds = 40;

/** The live drivers of a simulated run: which one a trial meets, by the rules of the real ones. */
export function simulatedDrivers() {
  let number = 0;
  let current:
    { readonly key: string; readonly startedFor: DriverReason; trials: number } | undefined;
  let lastEnded = false;
  const reasonFor = (key: string): DriverReason | undefined => {
    if (current === undefined) return lastEnded ? 'ended' : 'first';
    return current.key === key ? wornBy(current.trials, null, null) : 'cold-knobs';
  };
  return {
    /** The driver of the next trial, which is the first of a new one if its place is 1. */
    take: ({ configuration }: Trial): SessionRecord => {
      const key = driverKey(configuration.knobs);
      const startedFor = reasonFor(key);
      if (startedFor !== undefined || current === undefined) {
        number += 1;
        current = { key, startedFor: startedFor ?? 'first', trials: 0 };
      }
      current.trials += 1;
      return {
        ...{ driver: number, startedFor: current.startedFor, place: current.trials },
        burnIn: { seconds: burnInSeconds, trials: 8, isFlat: true, rates: [] },
        figures: null,
      };
    },
    /** The driver has ended in the middle of a trial. */
    end: () => {
      current = undefined;
      lastEnded = true;
    },
  };
}
