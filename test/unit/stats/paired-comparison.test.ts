import { expect } from 'chai';
import { comparePairs } from '../../../src/stats/paired-comparison.js';

const pairs = (ratios: readonly number[]) =>
  ratios.map((ratio, block) => ({ baseline: 100 + block, candidate: (100 + block) * ratio }));

describe('comparePairs', () => {
  it('gives the interval of a t test on the logs of the ratios', () => {
    // By hand: mean and sd of the four logs, and t(.975; 3) = 3.182446 from a table.
    const comparison = comparePairs(pairs([1.1, 1.2, 1.15, 1.05]));
    expect(comparison?.gain).to.be.closeTo(0.123609, 1e-6);
    expect(comparison?.interval?.low).to.be.closeTo(0.025422, 1e-6);
    expect(comparison?.interval?.high).to.be.closeTo(0.231198, 1e-6);
    expect(comparison?.verdict).to.equal('higher');
  });

  it('claims nothing from one block', () => {
    const comparison = comparePairs(pairs([5]));
    expect(comparison).to.include({ blocks: 1, interval: null, verdict: 'inconclusive' });
  });

  it('claims nothing where the interval holds zero', () => {
    expect(comparePairs(pairs([1.2, 0.9, 1.1]))?.verdict).to.equal('inconclusive');
  });

  it('turns its sign when the labels are swapped', () => {
    const forth = comparePairs(pairs([1.5, 1.6, 1.4]));
    const back = comparePairs(pairs([1 / 1.5, 1 / 1.6, 1 / 1.4]));
    expect(Math.log(1 + (forth?.gain ?? 0))).to.be.closeTo(-Math.log(1 + (back?.gain ?? 0)), 1e-12);
    expect([forth?.verdict, back?.verdict]).to.deep.equal(['higher', 'lower']);
  });

  it('has nothing to say without a pair', () => {
    expect(comparePairs([])).to.equal(undefined);
    expect(comparePairs([{ baseline: 0, candidate: 1 }])).to.equal(undefined);
  });
});
