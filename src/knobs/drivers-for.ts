import { trialsOfDriver } from '../model/session-record.js';
import type { Trial } from '../model/trial/plan.js';
import { driverKey } from './hot-knobs.js';

/** A driver that is there, by the cold knobs it was started with, and how many trials it has run. */
export interface LiveDriver {
  readonly key: string;
  readonly trials: number;
}

/** How many drivers must be started for these trials, which share them in this order; none of them ends by itself. */
export function driversFor(trials: readonly Trial[], live?: LiveDriver): number {
  let started = 0;
  let held = live;
  for (const { configuration } of trials) {
    const key = driverKey(configuration.knobs);
    const goesOn = held?.key === key && held.trials < trialsOfDriver;
    if (!goesOn) started += 1;
    held = { key, trials: goesOn ? (held?.trials ?? 0) + 1 : 1 };
  }
  return started;
}
