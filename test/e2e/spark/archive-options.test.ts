import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClassArchive } from '../../../src/model/class-archive.js';
import type { Toolchain } from '../../../src/model/toolchain.js';
import { runCommand } from '../../../src/process/run-command.js';
import { submitCommand } from '../../../src/spark/submit/submit-command.js';
import { realArchive, realToolchain } from '../../helpers/real-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const options = 'spark.driver.extraJavaOptions';
const heap = 'spark.driver.memory';

describe('the class archive, with options of a configuration for its JVM', () => {
  const folder = temporaryFolder();
  let toolchain: Toolchain;
  let archive: ClassArchive;
  before(async () => {
    toolchain = await realToolchain();
    archive = await realArchive(toolchain);
  });

  /** How many classes Spark's own command line loads from the archive. */
  async function classesWith(key: string, value: string): Promise<number> {
    const { env, signal } = testHost().host;
    const loaded = join(folder, 'loaded-classes.log');
    const javaOptions = [...archive.javaOptions, `-Xlog:class+load:file=${loaded}`];
    const command = submitCommand({
      ...{ toolchain, env, archive: { ...archive, javaOptions } },
      knobs: { 'spark.master': 'local[1]', [key]: value },
      files: { scratch: folder },
      submission: { application: ['--version'], files: [], env: {} },
    });
    const { exitCode, stderr } = await runCommand(command, { signal, timeoutMs: 60_000 });
    expect(exitCode, stderr).to.equal(0);
    const lines = readFileSync(loaded, 'utf8').split('\n');
    return lines.filter((line) => line.includes('shared objects file (top)')).length;
  }

  for (const [key, value] of [
    [options, '-XX:+UseZGC'],
    [options, '-XX:-UseCompressedOops'],
    [options, '-Xshare:off'],
    [heap, '32g'],
  ] as const) {
    it(`is left out by Java with ${value}`, async () => {
      expect(await classesWith(key, value)).to.equal(0);
    });
  }

  for (const [key, value] of [
    [options, '-XX:+UseParallelGC'],
    [options, '-XX:+UseSerialGC'],
    [heap, '31g'],
  ] as const) {
    it(`is taken with ${value}`, async () => {
      expect(await classesWith(key, value)).to.be.greaterThan(1_000);
    });
  }
});
