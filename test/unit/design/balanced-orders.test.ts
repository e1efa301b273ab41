import { expect } from 'chai';
import { balancedOrders } from '../../../src/design/balanced-orders.js';
import { seededRandom } from '../../../src/model/seeded-random.js';

const letters = (count: number) => 'abcdefghij'.slice(0, count).split('');
const ordersOf = (count: number, blocks: number, seed = 1) =>
  balancedOrders(letters(count), blocks, seededRandom(seed)).map((order) => order.join(''));

/** How often each letter directly follows each other one within a block. */
function follows(orders: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const order of orders) {
    for (let place = 1; place < order.length; place += 1) {
      const pair = order.slice(place - 1, place + 1);
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
  return counts;
}

describe('balancedOrders', () => {
  for (const count of [2, 3, 4, 5, 6, 7, 10]) {
    const rows = count % 2 === 0 ? count : 2 * count;
    it(`lets each of ${String(count)} follow each other one equally often in ${String(rows)} blocks`, () => {
      const orders = ordersOf(count, rows);
      for (const order of orders) expect(order.split('').sort()).to.deep.equal(letters(count));
      const counts = [...follows(orders).values()];
      expect(counts).to.have.length(count * (count - 1));
      expect(new Set(counts)).to.deep.equal(new Set([count % 2 === 0 ? 1 : 2]));
    });
  }

  it('lets none follow another twice in fewer blocks, nor stand at a place twice', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const orders = ordersOf(6, 5, seed);
      expect(Math.max(...follows(orders).values())).to.equal(1);
      for (let place = 0; place < 6; place += 1) {
        expect(new Set(orders.map((order) => order[place])).size).to.equal(5);
      }
    }
  });

  it('goes on with another square, and is the same for the same seed', () => {
    const orders = ordersOf(4, 12);
    expect(new Set(follows(orders).values())).to.deep.equal(new Set([3]));
    expect(orders).to.deep.equal(ordersOf(4, 12));
    expect(orders).not.to.deep.equal(ordersOf(4, 12, 2));
  });

  it('has every order of three about equally often as its first', () => {
    const counts = new Map<string, number>();
    for (let seed = 1; seed <= 1_200; seed += 1) {
      const [first = ''] = ordersOf(3, 1, seed);
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    expect(counts.size).to.equal(6);
    for (const times of counts.values()) expect(times).to.be.within(150, 250); // 200 expected, sd 13
  });

  it('has blocks for one item, and for none', () => {
    expect(ordersOf(1, 3)).to.deep.equal(['a', 'a', 'a']);
    expect(ordersOf(0, 2)).to.deep.equal(['', '']);
  });
});
