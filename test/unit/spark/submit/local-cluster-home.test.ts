import { expect } from 'chai';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkSparkHome } from '../../../../src/spark/submit/local-cluster-home.js';
import { submitCommand } from '../../../../src/spark/submit/submit-command.js';
import { targetOf } from '../../../../src/model/target.js';
import { madeUpToolchain } from '../../../helpers/made-up-toolchain.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('the home of Spark for a driver that brings its own workers', () => {
  const folder = temporaryFolder();
  const homeOf = async (master: string, scratch: string) => {
    const knobs = { 'spark.master': master };
    const { spark, ...others } = madeUpToolchain({ connectorJars: [] });
    const toolchain = { ...others, spark: { ...spark, home: join(folder, 'spark') } };
    await linkSparkHome({ scratch }, targetOf(knobs), toolchain);
    const submission = { files: [], application: ['job.py'], env: {} };
    return submitCommand({ toolchain, env: {}, knobs, files: { scratch }, submission }).env[
      'SPARK_HOME'
    ];
  };

  it('is of links in the scratch folder, without what other drivers have left', async () => {
    for (const name of ['bin', 'jars', 'work']) {
      mkdirSync(join(folder, 'spark', name), { recursive: true });
    }
    writeFileSync(join(folder, 'spark', 'jars', 'a.jar'), 'a jar');
    const scratch = join(folder, 'scratch');
    const home = (await homeOf('local-cluster[2,1,1024]', scratch)) ?? '';
    expect(home).to.equal(join(scratch, 'spark'));
    expect(readdirSync(home)).to.have.members(['bin', 'jars']);
    expect(readFileSync(join(home, 'jars', 'a.jar'), 'utf8')).to.equal('a jar');
  });

  it('is the real one for any other', async () => {
    for (const master of ['local[2]', 'spark://host:7077']) {
      const home = await homeOf(master, join(folder, 'none'));
      expect(home, master).to.equal(join(folder, 'spark'));
    }
  });
});
