import type { RandomSource } from '../model/seeded-random.js';

/**
 * Orders of the items for this many blocks, drawn at random so that each item follows each other one within a block
 * equally often, as far as the number of blocks allows: what one trial leaves behind (a warm cache, a hot processor) then
 * falls on all alike. These are rows of Williams squares (Australian Journal of Scientific Research A2, 1949) with the
 * items assigned at random; each order by itself is as random as any shuffle. A square has as many rows as items, or
 * twice as many if their number is odd; further blocks begin another square.
 */
export function balancedOrders<T>(
  items: readonly T[],
  blocks: number,
  random: RandomSource,
): (readonly T[])[] {
  const orders: (readonly T[])[] = [];
  while (orders.length < blocks) {
    const assigned = shuffled(items, random);
    const square = williamsSquare(items.length).map((row) =>
      row.flatMap((place) => assigned.slice(place, place + 1)),
    );
    orders.push(...shuffled(square, random));
  }
  return orders.slice(0, blocks);
}

/** Rows of 0 … n − 1 in which each number follows each other one once (twice if n is odd). */
function williamsSquare(n: number): number[][] {
  if (n === 0) return [[]];
  // 0, n−1, 1, n−2, …: neighbours differ by every amount once.
  const first = Array.from({ length: n }, (_, index) =>
    index % 2 === 0 ? index / 2 : n - (index + 1) / 2,
  );
  const rows = Array.from({ length: n }, (_, shift) => first.map((value) => (value + shift) % n));
  return n % 2 === 0 ? rows : [...rows, ...rows.map((row) => [...row].reverse())];
}

/** Returns a copy in random order (Fisher-Yates; Durstenfeld, CACM 7, 1964, algorithm 235). */
function shuffled<T>(items: readonly T[], { below }: RandomSource): T[] {
  const rest = [...items];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(below(rest.length), 1));
  return order;
}
