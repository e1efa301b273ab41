import { expect } from 'chai';
import { confMismatch } from '../../../src/spark/effective-conf.js';

describe('confMismatch', () => {
  const knobs = { 'spark.a': 10, 'spark.b': true, 'spark.c': null, 'job.sink': 'noop' };

  it('finds nothing where the session ran as asked, whatever else it has', () => {
    const settings = { 'spark.a': '10', 'spark.b': 'true', 'spark.c': 'x', 'spark.d': 'y' };
    expect(confMismatch(knobs, settings)).to.equal(undefined);
  });

  it('names key, asked value and real value', () => {
    expect(confMismatch(knobs, { 'spark.a': '10', 'spark.b': 'false' })).to.equal(
      'spark.b was asked to be true, but the session ran with false',
    );
  });
});
