import { expect } from 'chai';
import { seededRandom } from '../../../src/model/seeded-random.js';
import { decide } from '../../../src/stats/decide.js';
import { permutationP, shiftOf } from '../../../src/stats/unpaired/robust-unpaired.js';
import { estimateUnpaired } from '../../../src/stats/unpaired/unpaired-estimate.js';
import type { UnpairedSample } from '../../../src/stats/unpaired/unpaired-sample.js';
import { unpairedClaims } from '../../../validation/simulated/compare-checks.js';

const rule = { alpha: 0.05, delta: 0.05 };

/** Student's sleep data (Biometrika 6, 1908); R: `t.test(extra ~ group, data = sleep)`. */
const sleep: UnpairedSample = {
  changed: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
  reference: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
};

describe('the comparison of two groups without blocks', () => {
  it('is that of Welch, as R computes it', () => {
    const estimate = estimateUnpaired(sleep, rule);
    expect(Math.log1p(estimate!.gain)).to.be.closeTo(-1.58, 1e-9);
    expect(estimate!.pValue).to.be.closeTo(0.07939, 2e-4);
    expect(Math.log1p(estimate!.interval!.low)).to.be.closeTo(-3.3654832, 2e-3);
    expect(Math.log1p(estimate!.interval!.high)).to.be.closeTo(0.2054832, 2e-3);
  });

  it('never takes more degrees of freedom than Welch and Satterthwaite give', () => {
    const pooled = estimateUnpaired({ changed: [0, 0.1, 0.2], reference: [1, 1.1, 1.2] }, rule);
    const unequal = estimateUnpaired({ changed: [0, 0.1, 0.2], reference: [1, 1, 1] }, rule);
    expect(pooled!.pValue).to.be.lessThan(unequal!.pValue!);
  });

  it('says nothing of noise with one trial on a side, and nothing at all without one', () => {
    const one = estimateUnpaired({ changed: [0.1], reference: [0, 0.01, 0.02] }, rule);
    expect(one).to.include({ blocks: 1, interval: null, pValue: null, sd: null });
    expect(one!.gain).to.be.closeTo(Math.exp(0.09) - 1, 1e-12);
    expect(estimateUnpaired({ changed: [], reference: [1, 2] }, rule)).to.equal(undefined);
  });

  it('has no claim where a side has one trial, and says why', () => {
    const samples = [
      { changed: [1], reference: [0, 0.001] },
      { changed: [], reference: [0, 0.001] },
    ];
    const figure = { samples, orientation: 'more-is-better' } as const;
    const found = decide({ first: figure, second: figure, earlier: [undefined, undefined] }, rule);
    expect(found.map(({ first }) => [first.kind, first.cautions[0]?.kind])).to.deep.equal([
      ['inconclusive', 'one-trial'],
      ['inconclusive', 'no-trial'],
    ]);
  });

  it('turns better into worse when the sides are swapped, and changes no size', () => {
    const { changed, reference } = sleep;
    const forth = estimateUnpaired(sleep, rule)!;
    const back = estimateUnpaired({ changed: reference, reference: changed }, rule)!;
    expect(Math.log1p(forth.gain)).to.be.closeTo(-Math.log1p(back.gain), 1e-12);
    expect(forth.pValue).to.be.closeTo(back.pValue!, 1e-12);
  });

  it('has a shift and an exact p beside it that need no normal distribution', () => {
    expect(shiftOf({ changed: [1, 2, 9], reference: [0, 0, 0] })).to.equal(2);
    // Of the 20 ways to deal six trials out, two are as extreme.
    expect(permutationP({ changed: [4, 5, 6], reference: [1, 2, 3] })).to.be.closeTo(0.1, 1e-12);
    expect(permutationP({ changed: [1, 2], reference: [1, 2] })).to.equal(1);
    const many = Array.from({ length: 20 }, (_, index) => index);
    expect(permutationP({ changed: many, reference: many })).to.equal(undefined);
  });

  it('makes a false claim in at most 5 % of comparisons of three configurations each', () => {
    const comparisons = 300;
    let claims = 0;
    for (let seed = 1; seed <= comparisons; seed += 1) {
      if (unpairedClaims(seededRandom(seed), [0, 0, 0]).some((kind) => kind !== 'none'))
        claims += 1;
    }
    // 5 % and two standard errors.
    expect(claims / comparisons).to.be.within(0.005, 0.076);
  });

  it('finds a planted loss of 20 % at 5 % noise, and gives it the right sign', () => {
    const found = Array.from({ length: 60 }, (_, seed) =>
      unpairedClaims(seededRandom(seed + 1), [-0.2, 0]),
    );
    expect(found.filter(([one]) => one === 'worse')).to.have.length.greaterThan(48);
    expect(found.filter(([one]) => one === 'better')).to.deep.equal([]);
  });
});
