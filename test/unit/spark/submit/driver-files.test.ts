import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bringFiles, keepFiles, pathForDriver } from '../../../../src/spark/submit/driver-files.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('the files of a driver', () => {
  const folder = temporaryFolder();
  const directory = join(folder, 'trial');
  const own = join(folder, 'job.py');
  before(() => {
    mkdirSync(directory);
    writeFileSync(own, 'print(1)\n');
  });

  it('are where they are if it runs on this machine', async () => {
    expect(pathForDriver({}, own)).to.equal(own);
    await bringFiles({}, [own]);
    await keepFiles({ directory });
    expect(readdirSync(directory)).to.deep.equal([]);
  });

  it('are brought to another machine, and what it writes is kept', async () => {
    const driver = join(folder, 'shared', 'driver');
    await bringFiles({ driver }, [own]);
    expect(readFileSync(pathForDriver({ driver }, own), 'utf8')).to.equal('print(1)\n');
    writeFileSync(join(driver, 'progress.ndjson'), '{}\n');
    await keepFiles({ driver, directory });
    expect(readdirSync(directory)).to.deep.equal(['progress.ndjson']);
  });
});
