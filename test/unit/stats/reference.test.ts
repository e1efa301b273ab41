import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { projectPath } from '../../../src/process/project-paths.js';
import { gateFamily } from '../../../src/stats/gate-family.js';
import { estimatePairs } from '../../../src/stats/paired-estimate.js';
import { detectableStandardErrors } from '../../../src/stats/power.js';
import { fisherP } from '../../../src/stats/fisher.js';
import { hodgesLehmann, signFlipP } from '../../../src/stats/robust.js';

/** Values computed with SciPy by test/fixtures/stats/make-reference.py. */
const reference = JSON.parse(
  readFileSync(projectPath('test/fixtures/stats/reference.json'), 'utf8'),
) as {
  cases: {
    differences: number[];
    alpha: number;
    delta: number;
    gain: number;
    low: number;
    high: number;
    pValue: number;
    sd: number;
    minimumDetectable: number;
    withinDelta: boolean;
    hodgesLehmann: number;
    signFlipP: number;
  }[];
  holm: { pValues: number[]; adjusted: number[] }[];
  power: { freedom: number; alpha: number; standardErrors: number }[];
  fisher: { table: number[]; p: number }[];
};

describe('the statistics, beside SciPy', () => {
  for (const [index, one] of reference.cases.entries()) {
    it(`agree in case ${String(index + 1)}: ${String(one.differences.length)} blocks, alpha ${String(one.alpha)}`, () => {
      const estimate = estimatePairs({ differences: one.differences }, one);
      for (const name of ['gain', 'pValue', 'sd', 'minimumDetectable'] as const) {
        expect(estimate?.[name], name).to.be.closeTo(
          one[name],
          1e-9 * Math.max(1, Math.abs(one[name])),
        );
      }
      expect(estimate?.interval?.low).to.be.closeTo(one.low, 1e-9 * Math.max(1, Math.abs(one.low)));
      expect(estimate?.interval?.high).to.be.closeTo(one.high, 1e-9 * Math.max(1, one.high));
      expect(estimate?.withinDelta).to.equal(one.withinDelta);
      expect(hodgesLehmann(one.differences)).to.be.closeTo(one.hodgesLehmann, 1e-12);
      expect(signFlipP(one.differences)).to.be.closeTo(one.signFlipP, 1e-12);
    });
  }

  it('reject what Holm rejects when there are no second figures', () => {
    expect(reference.holm).to.have.length.greaterThan(2);
    for (const { pValues, adjusted } of reference.holm) {
      for (const alpha of [0.001, 0.018, 0.05, 0.2, 0.5]) {
        const pairs = pValues.map((first) => ({ first, then: [] }));
        expect(gateFamily(pairs, alpha).map(({ first }) => first.rejected)).to.deep.equal(
          adjusted.map((p) => p < alpha),
        );
      }
    }
    expect(gateFamily([], 0.05)).to.deep.equal([]);
  });

  it('agree in the power of the t test', () => {
    expect(reference.power).to.have.length.greaterThan(5);
    for (const { freedom, alpha, standardErrors } of reference.power) {
      const found = detectableStandardErrors(freedom, alpha);
      expect(found / standardErrors, `${String(freedom)}, ${String(alpha)}`).to.be.closeTo(1, 1e-4);
    }
  });

  it('agree in Fisher’s exact test', () => {
    expect(reference.fisher).to.have.length.greaterThan(3);
    for (const { table, p } of reference.fisher) {
      const [hits, misses, otherHits, otherMisses] = table;
      const one = { hits: hits!, trials: hits! + misses! };
      const other = { hits: otherHits!, trials: otherHits! + otherMisses! };
      expect(fisherP(one, other)).to.be.closeTo(p, 1e-12);
    }
  });
});
