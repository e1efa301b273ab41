/**
 * Whole numbers below a bound from a 32-bit seed: SplitMix32, the 32-bit form of SplitMix64 (Steele, Lea &
 * Flood, OOPSLA 2014), drawn again where the modulus would be uneven.
 */
export function seededBelow(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return (bound) => {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let value = next();
    while (value >= limit) value = next();
    return value % bound;
  };
}

/** A copy in random order (Fisher-Yates; Durstenfeld, CACM 7, 1964, algorithm 235). */
export function shuffled<T>(items: readonly T[], below: (bound: number) => number): T[] {
  const rest = [...items];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(below(rest.length), 1));
  return order;
}
