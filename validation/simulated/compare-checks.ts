import { seededRandom, type RandomSource } from '../../src/model/seeded-random.js';
import { decide } from '../../src/stats/decide.js';
import type { Figure } from '../../src/stats/verdict-of.js';
import { countNights } from './nights.js';
import { atMostFive, type ValidationCheck } from './validation-check.js';

type Claim = 'better' | 'worse' | 'none';

/** Blocks of each run, and the noise of one of its trials. */
const shape = { blocks: 5, sd: 0.05, later: { blocks: 6, sd: 0.1 } };

/**
 * What the comparison of two runs that share no block claims of configurations with these true gains. The second run is
 * longer and twice as noisy, since nobody promises that two days are alike; both figures are noise around the gain.
 */
export function unpairedClaims(random: RandomSource, gains: readonly number[]): Claim[] {
  const logs = (center: number, { blocks, sd }: { blocks: number; sd: number }) =>
    Array.from({ length: blocks }, () => center + sd * random.normal());
  const figureOf = (sign: 1 | -1): Figure => ({
    orientation: sign === 1 ? 'more-is-better' : 'less-is-better',
    samples: gains.map((gain) => ({
      changed: logs(sign * Math.log1p(gain), shape.later),
      reference: logs(0, shape),
    })),
  });
  const family = {
    ...{ first: figureOf(1), second: figureOf(-1) },
    earlier: gains.map(() => undefined),
  };
  return decide(family, { alpha: 0.05, delta: 0.05 }).map(({ first, second }): Claim => {
    const claimed = [first.kind, second.kind].find((kind) => kind === 'better' || kind === 'worse');
    return claimed === 'better' || claimed === 'worse' ? claimed : 'none';
  });
}

export const compareChecks: readonly ValidationCheck[] = [
  {
    id: 'C1',
    what: 'any false claim of compare on two runs without a difference, 3 configurations in 5 and 6 blocks, 5 and 10 % noise',
    measure: (nights) =>
      countNights(nights, (seed) =>
        unpairedClaims(seededRandom(seed), [0, 0, 0]).some((claim) => claim !== 'none'),
      ) / nights,
    limits: atMostFive,
  },
  {
    id: 'C1',
    what: 'a loss of 20 % is called worse in such a comparison',
    measure: (nights) =>
      countNights(
        nights,
        (seed) => unpairedClaims(seededRandom(seed), [-0.2, 0, 0])[0] === 'worse',
      ) / nights,
    limits: () => ({ least: 0.6 }),
  },
];
