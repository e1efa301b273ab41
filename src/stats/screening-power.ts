import { normalCdf } from './power.js';

/** Points of the integral over the best candidate's own luck; more change nothing in three digits. */
const steps = 400;
/** Beyond this many standard deviations there is next to nothing. */
const reach = 6;

interface RankedScreening {
  /** By how much the best candidate's log is larger than that of all others, which are equal. */
  readonly gain: number;
  /** Of one trial, on the log scale. */
  readonly sd: number;
  readonly blocks: number;
  readonly candidates: number;
  /** How many are kept. */
  readonly top: number;
}

/**
 * The chance that the best of several candidates is among those kept when they are ranked by the mean of this many
 * blocks: the chance that fewer than `top` of the others exceed it, given its own luck, averaged over that luck. The
 * baseline of a block is common to all, so it has no part in the order.
 */
export function chanceToKeep({ gain, sd, blocks, candidates, top }: RankedScreening): number {
  if (top >= candidates || sd === 0) return 1;
  const lead = (gain * Math.sqrt(blocks)) / sd;
  let [weights, sum] = [0, 0];
  for (let step = 0; step < steps; step += 1) {
    const z = reach * ((2 * (step + 0.5)) / steps - 1);
    const weight = Math.exp((-z * z) / 2);
    weights += weight;
    sum += weight * atMost(top - 1, candidates - 1, normalCdf(-z - lead));
  }
  return sum / weights;
}

/** P(X ≤ most) of a binomial X. */
function atMost(most: number, trials: number, chance: number): number {
  let [term, sum] = [(1 - chance) ** trials, 0];
  for (let hits = 0; hits <= most; hits += 1) {
    sum += term;
    term *= ((trials - hits) / (hits + 1)) * (chance / (1 - chance));
  }
  return Math.min(1, sum);
}
