import { expect } from 'chai';
import { isWorthwhile } from '../../../src/run/archive/archive-of-run.js';
import { canUseArchive } from '../../../src/run/archive/archive-at-hand.js';
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

  it('is made where enough drivers start, however many trials those run', async () => {
    const design = 'factors: { spark.sql.shuffle.partitions: [4, 8] }\ndesign: { blocks: 6 }';
    expect(isWorthwhile(await prepared(design), 1)).to.equal(true);
    expect(isWorthwhile(await prepared(design), 2)).to.equal(false);
    expect(isWorthwhile(await prepared(`${design}\nexecutor: session`), 1)).to.equal(false);
  });
});
