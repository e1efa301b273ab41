import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../src/process/run-command.js';
import { writeSparkConf } from '../../src/spark/submit/logging-conf.js';
import { submitCommand } from '../../src/spark/submit/submit-command.js';
import { targetOf } from '../../src/model/target.js';
import { documentedArguments } from '../helpers/documented-arguments.js';
import { realToolchain } from '../helpers/real-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

/** In client mode Spark reads all of its arguments before the program starts, and only the program meets the cluster. */
describe("Spark's own reading of what is handed over for a cluster that is not there", () => {
  const folder = temporaryFolder();
  const { env, signal } = testHost().host;

  for (const [index, { knobs }] of documentedArguments().entries()) {
    const target = targetOf(knobs);
    it(`takes all of it for ${target.master}`, async () => {
      const scratch = join(folder, String(index));
      mkdirSync(scratch);
      await writeSparkConf({ scratch }, target);
      const program = join(scratch, 'nothing.py');
      writeFileSync(program, 'print("the program ran")\n');
      const toolchain = await realToolchain();
      const command = submitCommand({
        ...{ toolchain, knobs, files: { scratch } },
        env: { ...env, HADOOP_CONF_DIR: scratch },
        submission: { application: ['--verbose', program, 'argument'], files: [], env: {} },
      });
      const { exitCode, stdout, stderr } = await runCommand(command, { signal });
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.contain('the program ran');
      const read = `${stdout}\n${stderr}`;
      expect(read).to.match(new RegExp(`^ +master +${target.master}$`, 'm'));
      expect(read).to.match(/^ +primaryResource +.*nothing\.py$/m);
      expect(read).to.contain(toolchain.spark.connectorJars[0]);
      for (const [key, level] of Object.entries(knobs).filter(([one]) => one !== 'spark.master')) {
        expect(read, key).to.contain(`(${key},${String(level)})`);
      }
    });
  }
});
