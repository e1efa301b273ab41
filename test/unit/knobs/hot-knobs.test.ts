import { expect } from 'chai';
import { driverKey, isHot, splitByHeat } from '../../../src/knobs/hot-knobs.js';

describe('a knob', () => {
  it('is hot if the next session of a driver can have another level', () => {
    for (const key of [
      ...['spark.sql.shuffle.partitions', 'spark.sql.adaptive.enabled'],
      ...[
        'source.maxOffsetsPerTrigger',
        'trigger.processingTime',
        'job.window',
        'topic.partitions',
      ],
    ]) {
      expect(isHot(key), key).to.equal(true);
    }
  });

  it('is cold if its driver must be started with it, or if nobody knows', () => {
    for (const key of [
      'spark.driver.memory',
      'spark.master',
      'spark.app.name',
      'spark.sql.unheard.of',
    ]) {
      expect(isHot(key), key).to.equal(false);
    }
  });

  it('is cold if the JVM keeps the level of its first query', () => {
    const key = 'spark.sql.streaming.stateStore.rocksdb.maxMemoryUsageMB';
    expect(isHot(key)).to.equal(false);
  });
});

describe('the Spark settings of a configuration', () => {
  const knobs = {
    'spark.driver.memory': '1g',
    'spark.sql.shuffle.partitions': 4,
    'source.maxOffsetsPerTrigger': 1_000,
    'spark.sql.ansi.enabled': null,
  };

  it('go to the driver or to its session', () => {
    expect(splitByHeat(knobs)).to.deep.equal({
      cold: { 'spark.driver.memory': '1g' },
      hot: { 'spark.sql.shuffle.partitions': '4' },
    });
  });

  it('go to the driver if a JVM keeps for all queries what its first one had', () => {
    const kept = { 'spark.sql.streaming.stateStore.maintenanceInterval': '5s' };
    expect(splitByHeat(kept)).to.deep.equal({ cold: kept, hot: {} });
  });

  it('go to the driver if they hold a password', () => {
    const secret = { 'spark.sql.session.timeZone': '${env:ZONE}' };
    expect(splitByHeat(secret)).to.deep.equal({ cold: secret, hot: {} });
  });

  it('share a driver with those that differ in hot knobs only', () => {
    const same = { ...knobs, 'spark.sql.shuffle.partitions': 8, 'job.window': '1 day' };
    expect(driverKey(same)).to.equal(driverKey(knobs));
    expect(driverKey({ ...knobs, 'spark.driver.memory': '2g' })).not.to.equal(driverKey(knobs));
    expect(driverKey({ ...knobs, 'spark.version': '4.0.0' })).not.to.equal(driverKey(knobs));
    const login = { ...knobs, 'source.kafka.sasl.jaas.config': '${env:LOGIN}' };
    expect(driverKey(login)).not.to.equal(driverKey(knobs));
  });
});
