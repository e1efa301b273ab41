import { expect } from 'chai';
import { checks } from '../../validation/simulated/checks.js';

const nights = 500;

/** The promises on which a reader relies most; `npm run test:long` holds all of them, `npm run validate` on more nights. */
const kept = [
  'any false claim in the whole report: 4 that equal the baseline, 6 blocks, 10 % noise',
  'any false claim in the whole report: a grid of three factors that do nothing, 6 blocks, 10 % noise',
  'any false claim in the whole report: 4 that equal the baseline, slow trials are lost (time-out), 6 blocks, 10 % noise',
  'any false claim in the whole report after a screening, all equal the baseline: 6',
  'overstatement of the best of 8 that all gain 10 %, after a screening, 3 + 6 blocks, 7 % noise, whatever its verdict',
  'a change as large as the report says it can detect is found: 4 configurations, 6 blocks',
  'a claim in a report that is read after every block, before the last has ended',
  'the A/A control fails, 6 blocks, 10 % noise',
];

describe('on 500 simulated nights', () => {
  for (const what of kept) {
    it(what, () => {
      const check = checks.find((one) => one.what === what);
      if (check === undefined) throw new Error(`no check says: ${what}`);
      const figure = check.measure(nights);
      const { least, most } = check.limits(nights);
      expect(least ?? most).to.be.a('number');
      if (least !== undefined) expect(figure).to.be.at.least(least);
      if (most !== undefined) expect(figure).to.be.at.most(most);
    }).timeout(60_000);
  }
});
