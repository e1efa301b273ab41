import { expect } from 'chai';
import { settingThatDiffers } from '../../../src/measure/setting-that-differs.js';

describe('settingThatDiffers', () => {
  const knobs = { 'spark.a': 10, 'spark.b': true, 'spark.c': null, 'job.sink': 'noop' };

  it('finds nothing where the session ran as asked, whatever else it has', () => {
    const settings = { 'spark.a': '10', 'spark.b': 'true', 'spark.c': 'x', 'spark.d': 'y' };
    expect(settingThatDiffers(knobs, settings)).to.equal(undefined);
  });

  it('names key, asked value and real value', () => {
    expect(settingThatDiffers(knobs, { 'spark.a': '10', 'spark.b': 'false' })).to.deep.equal({
      kind: 'setting-differs',
      key: 'spark.b',
      asked: 'true',
      effective: 'false',
    });
  });
});
