/** Random numbers, the same for the same seed. Not for cryptography. */
export interface RandomSource {
  /** A whole number from 0 to bound − 1, all equally likely. */
  readonly below: (bound: number) => number;
  /** From [0, 1). */
  readonly uniform: () => number;
  /** Normal with mean 0 and standard deviation 1. */
  readonly normal: () => number;
}

/** A separate seed for each part of what has one seed, and for each attempt at it. */
export function seedOfPart(seed: number, part: number, attempt = 0): number {
  const product = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(part + 1, 0xc2b2ae35);
  return (product ^ Math.imul(attempt, 0x27d4eb2f)) >>> 0;
}

/**
 * From a 32-bit seed: SplitMix32, the 32-bit form of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014). Whole numbers are
 * redrawn where the modulus would bias them; normal ones use the polar method (Marsaglia & Bray 1964).
 */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  let spare: number | undefined;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const uniform = () => next() / 2 ** 32;
  return {
    uniform,
    below: (bound) => {
      const limit = 2 ** 32 - (2 ** 32 % bound);
      let value = next();
      while (value >= limit) value = next();
      return value % bound;
    },
    normal: () => {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
        const square = u * u + v * v;
        if (square >= 1 || square === 0) continue;
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = v * factor;
        return u * factor;
      }
    },
  };
}
