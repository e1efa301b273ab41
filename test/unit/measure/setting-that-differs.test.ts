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

  it('looks over what the submission itself heeds, and the session cannot show', () => {
    const jars = { 'spark.master': 'yarn', 'spark.yarn.jars': 'hdfs://n/spark/*.jar' };
    expect(settingThatDiffers(jars, { 'spark.yarn.jars': '' })).to.equal(undefined);
    const host = { 'spark.master': 'yarn', 'spark.driver.host': 'tuner' };
    const elsewhere = { 'spark.driver.host': 'node-1' };
    expect(settingThatDiffers(host, elsewhere)).to.include({ key: 'spark.driver.host' });
    const onCluster = { ...host, 'spark.submit.deployMode': 'cluster' };
    expect(settingThatDiffers(onCluster, elsewhere)).to.equal(undefined);
  });
});
