import { expect } from 'chai';
import { intervalProblem } from '../../../src/jobs/template/interval-problem.js';

describe('intervalProblem', () => {
  it('takes what Spark 4.2.0 takes', () => {
    const taken = [
      ...['1 hour', '1  hour', ' 1 hour ', '1 HOURS', '+1 hour', 'interval 1 hour', '1 weeks'],
      ...['1 hour 30 minutes', '1.5 seconds', '.5 seconds', '1. seconds', '1 millisecond'],
    ];
    for (const text of taken) {
      expect(intervalProblem(text, { least: 'positive' }), text).to.equal(undefined);
    }
    expect(intervalProblem('0 seconds', { least: 'zero' })).to.equal(undefined);
  });

  it('refuses what it refuses', () => {
    const refused = [
      '1 s',
      '500ms',
      '1 sec',
      '1h',
      '1hour',
      '2',
      '1.5 hours',
      '1 second2 seconds',
      '',
    ];
    for (const text of refused) {
      expect(intervalProblem(text, { least: 'zero' }), text).to.contain('not a length of time');
    }
    expect(intervalProblem('1 month', { least: 'zero' })).to.contain('no fixed length');
    expect(intervalProblem('- 1 hour', { least: 'zero' })).to.contain('less than nothing');
    expect(intervalProblem('1 hour -60 minutes', { least: 'positive' })).to.contain('no time');
  });
});
