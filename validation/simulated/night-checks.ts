import type { Verdict } from '../../src/model/run/comparison.js';
import { quietWorld } from '../../src/model/simulation-model.js';
import { countNights, simulateNight, verdictsOf, type Night } from './nights.js';

export const noise = quietWorld.noise;

/** The share of nights in which at least one verdict has a property. */
export function share(night: Night, holds: (verdict: Verdict) => boolean) {
  return (nights: number) =>
    countNights(nights, (seed) =>
      [...verdictsOf(simulateNight(night, seed)).values()].some(holds),
    ) / nights;
}

/** The baseline and one configuration with a true gain. */
export function single(gain: number, sd: number, more: Partial<Night> = {}): Night {
  return {
    configurations: 2,
    blocks: 6,
    weather: { noise: { ...noise, trial: sd } },
    gains: [gain],
    ...more,
  };
}

/** Whether the interval of a verdict holds the true gain. */
export function covers(gain: number) {
  return ({ estimate }: Verdict) => {
    const interval = estimate?.interval;
    return (
      interval !== null && interval !== undefined && interval.low <= gain && gain <= interval.high
    );
  };
}

export const fixed = (least: number | undefined, most: number | undefined) => () => ({
  ...(least === undefined ? {} : { least }),
  ...(most === undefined ? {} : { most }),
});
