import { expect } from 'chai';
import { checks } from '../../validation/simulated/checks.js';

const nights = 500;

/** The tool's promises on simulated nights; `npm run validate` does the same with 2,000 and writes the figures. */
describe('on 500 simulated nights', () => {
  for (const check of checks) {
    it(`${check.id}: ${check.what}`, () => {
      const figure = check.measure(nights);
      const { least, most } = check.limits(nights);
      expect(least ?? most).to.be.a('number');
      if (least !== undefined) expect(figure).to.be.at.least(least);
      if (most !== undefined) expect(figure).to.be.at.most(most);
    }).timeout(120_000);
  }
});
