import { expect } from 'chai';
import { settingThatDiffers } from '../../../src/measure/faults/setting-that-differs.js';

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

  it('lets Spark put Java options of its own before those of the user', () => {
    for (const key of ['spark.driver.extraJavaOptions', 'spark.executor.extraJavaOptions']) {
      const asked = { [key]: '-XX:+UseZGC' };
      const own = '-Djava.net.preferIPv6Addresses=false --add-opens=java.base/java.nio=ALL-UNNAMED';
      expect(settingThatDiffers(asked, { [key]: `${own} -XX:+UseZGC` })).to.equal(undefined);
      expect(settingThatDiffers(asked, { [key]: own })).to.include({ key, effective: own });
    }
  });
});
