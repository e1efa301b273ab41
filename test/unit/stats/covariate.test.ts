import { expect } from 'chai';
import { seededRandom } from '../../../src/model/seeded-random.js';
import { fitSlope, type CovariatePoint } from '../../../src/stats/covariate.js';
import { estimatePairs } from '../../../src/stats/paired-estimate.js';
import { adjustPairs } from '../../../src/stats/paired-sample.js';

const rule = { alpha: 0.05, delta: 0.05 };

function points(
  slope: number,
  noise: number,
  leftOut: (block: number, column: number) => boolean = () => false,
) {
  const random = seededRandom(4);
  const all: CovariatePoint[] = [];
  for (let block = 1; block <= 6; block += 1) {
    for (let column = 0; column < 4; column += 1) {
      const x = 0.2 * random.normal() + 0.5 * block;
      const y = slope * x + 3 * block - 2 * column + noise * random.normal();
      if (!leftOut(block, column)) all.push({ block, configuration: `c${String(column)}`, x, y });
    }
  }
  return all;
}

describe('fitSlope', () => {
  it('finds a slope whatever the blocks and configurations are', () => {
    const found = fitSlope(points(-1.7, 0));
    expect(found?.slope).to.be.closeTo(-1.7, 1e-9);
    expect(found?.variance).to.be.lessThan(1e-18);
    expect(found?.freedom).to.equal(24 - 6 - 4 + 1 - 1);
  });

  it('finds it also where trials are missing', () => {
    const found = fitSlope(points(-1.7, 0, (block, column) => (block + column) % 5 === 0));
    expect(found?.slope).to.be.closeTo(-1.7, 1e-6);
  });

  it('is near it under noise, by about its own error', () => {
    const found = fitSlope(points(-1.7, 0.1));
    expect(Math.abs(found!.slope + 1.7)).to.be.lessThan(3 * Math.sqrt(found!.variance));
    expect(found!.variance).to.be.greaterThan(0);
  });

  it('is none where the covariate stands still, or where there are too few trials', () => {
    expect(fitSlope(points(1, 0.1).map((point) => ({ ...point, x: 1 })))).to.equal(undefined);
    expect(fitSlope(points(1, 0.1).slice(0, 6))).to.equal(undefined);
    expect(fitSlope([])).to.equal(undefined);
  });
});

describe('evening out a covariate', () => {
  const pairs = [
    { difference: 0.1, covariate: 0.02 },
    { difference: 0.2, covariate: -0.03 },
    { difference: 0.15, covariate: null },
    { difference: 0.12, covariate: 0.04 },
  ];

  it('takes its part out of each pair, and leaves one without a reading as it is', () => {
    const { differences } = adjustPairs(
      pairs,
      { slope: -2, variance: 0.5, freedom: 9, correlation: 0 },
      3,
    );
    const wanted = [0.14, 0.14, 0.15, 0.2];
    expect(differences).to.have.length(wanted.length);
    for (const [index, value] of differences.entries())
      expect(value).to.be.closeTo(wanted[index]!, 1e-12);
  });

  it('makes the interval wider by the error of the slope, and by its degree of freedom', () => {
    const slope = { slope: 0, variance: 0, freedom: 9, correlation: 0 };
    const width = (variance: number, comparisons: number) => {
      const sample = adjustPairs(pairs, { ...slope, variance }, comparisons);
      const { interval } = estimatePairs(sample, rule)!;
      return interval!.high - interval!.low;
    };
    const plain = estimatePairs(adjustPairs(pairs, undefined, 1), rule)!.interval!;
    expect(width(0, 1_000)).to.be.closeTo(plain.high - plain.low, 1e-3);
    expect(width(0, 1)).to.be.greaterThan(width(0, 4));
    expect(width(400, 4)).to.be.greaterThan(width(0, 4));
  });

  it('agrees with a regression on both where there is one comparison only', () => {
    // Simple regression of d on z: the intercept's standard error is s · √(1/n + z̄²/Szz) with n − 2 degrees of freedom.
    const d = [0.31, 0.12, 0.25, 0.18, 0.4, 0.22];
    const z = [0.02, -0.05, 0.01, -0.02, 0.06, 0.01];
    const mean = (values: readonly number[]) =>
      values.reduce((sum, v) => sum + v, 0) / values.length;
    const szz = z.reduce((sum, v) => sum + (v - mean(z)) ** 2, 0);
    const slope = z.reduce((sum, v, i) => sum + (v - mean(z)) * d[i]!, 0) / szz;
    const rest = d.reduce((sum, v, i) => sum + (v - mean(d) - slope * (z[i]! - mean(z))) ** 2, 0);
    const variance = rest / 4;
    const sample = adjustPairs(
      d.map((difference, index) => ({ difference, covariate: z[index]! })),
      { slope, variance: variance / szz, freedom: 4, correlation: 0 },
      1,
    );
    const estimate = estimatePairs(sample, rule)!;
    const standardError = Math.sqrt(variance * (1 / 6 + mean(z) ** 2 / szz));
    expect(Math.log(1 + estimate.gain)).to.be.closeTo(mean(d) - slope * mean(z), 1e-12);
    expect(Math.log(1 + estimate.interval!.high) - Math.log(1 + estimate.gain)).to.be.closeTo(
      2.776445105 * standardError, // t of 4 degrees of freedom at .975
      1e-8,
    );
  });
});
