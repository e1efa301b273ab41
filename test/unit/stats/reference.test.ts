import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { projectPath } from '../../../src/process/project-paths.js';
import { holmAdjusted } from '../../../src/stats/holm.js';
import { estimatePairs } from '../../../src/stats/paired-estimate.js';
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

  it('agree in Holm’s adjustment', () => {
    expect(reference.holm).to.have.length.greaterThan(2);
    for (const { pValues, adjusted } of reference.holm) {
      expect(holmAdjusted(pValues)).to.have.length(adjusted.length);
      for (const [index, p] of holmAdjusted(pValues).entries()) {
        expect(p).to.be.closeTo(adjusted[index]!, 1e-12);
      }
    }
    expect(holmAdjusted([])).to.deep.equal([]);
  });
});
