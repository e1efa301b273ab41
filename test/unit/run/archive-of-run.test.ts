import { expect } from 'chai';
import { isWorthwhile } from '../../../src/run/archive/archive-of-run.js';
import { canUseArchive } from '../../../src/run/archive/archive-at-hand.js';
import { leavesArchiveOut } from '../../../src/run/archive/leaves-archive-out.js';
import { prepareRun } from '../../../src/run/prepare-run.js';
import { testHost } from '../../helpers/test-host.js';

async function prepared(lines: string) {
  const changed = `version: 1\nname: archive\n${lines}`;
  return await prepareRun('archive.yaml', { host: testHost().host, changed });
}

describe('the class archive of a run', () => {
  it('is for drivers on this machine, all with the same class path', async () => {
    const factors = 'factors: { spark.sql.shuffle.partitions: [4, 8] }';
    expect(canUseArchive(await prepared(factors))).to.equal(true);
    const cluster = `${factors}\nknobs: { spark.master: 'spark://127.0.0.1:7077' }`;
    expect(canUseArchive(await prepared(cluster))).to.equal(true);
    for (const other of [
      `${factors}\nspark: { classArchive: off }`,
      `${factors}\nknobs: { spark.master: 'local-cluster[2,1,1024]' }`,
      'factors: { spark.driver.extraClassPath: [null, /my.jar] }',
      'factors: { spark.driver.userClassPathFirst: [false, true] }',
    ]) {
      expect(canUseArchive(await prepared(other)), other).to.equal(false);
    }
  });

  it('is for none where Java would leave it out for one that runs', async () => {
    const leftOut = async (factors: string) => {
      const { plan } = await prepared(`factors: { ${factors} }`);
      return leavesArchiveOut(plan);
    };
    for (const option of [
      ...['-XX:+UseZGC', '-XX:-UseCompressedOops', '-XX:-UseCompressedClassPointers'],
      ...['-XX:ObjectAlignmentInBytes=16', '-Xshare:off', '-XX:-UseSharedSpaces'],
      ...['-XX:AOTMode=off', '-XX:+UseCompactObjectHeaders', '-XX:SharedArchiveFile=/mine.jsa'],
      ...['-Xbootclasspath/a:/my.jar', '-XX:MaxHeapSize=32g'],
      ...['--patch-module=java.base=/mine', '--upgrade-module-path=/mine'],
    ]) {
      for (const key of ['extraJavaOptions', 'defaultJavaOptions']) {
        const found = await leftOut(`spark.driver.${key}: [null, "-Dmine=1 ${option}"]`);
        expect(found, option).to.equal(`c1 has ${option}, with which Java leaves it out`);
      }
    }
    for (const heap of ['32g', '32768m', '32768', '1t', '32760m'])
      expect(await leftOut(`spark.driver.memory: [1g, ${heap}]`), heap).to.contain(
        `has spark.driver.memory of ${heap},`,
      );
    for (const other of [
      'spark.driver.memory: [1g, 31g, 32736m, 31000, null]',
      'spark.driver.extraJavaOptions: [-XX:+UseSerialGC, -XX:+UseParallelGC, "-XX:-UseZGC -Xint"]',
      'spark.driver.extraJavaOptions: ["-XX:+UseG1GC -Dx=-Xshare", -XX:MaxHeapSize=2g]',
      'spark.executor.extraJavaOptions: [null, -XX:+UseZGC]',
    ]) {
      expect(await leftOut(other), other).to.equal(undefined);
    }
  });

  it('is made where enough drivers start, however many trials those run', async () => {
    const design = 'factors: { spark.sql.shuffle.partitions: [4, 8] }\ndesign: { blocks: 6 }';
    expect(isWorthwhile(await prepared(design), 1)).to.equal(true);
    expect(isWorthwhile(await prepared(design), 2)).to.equal(false);
    expect(isWorthwhile(await prepared(`${design}\nexecutor: session`), 1)).to.equal(false);
  });
});
