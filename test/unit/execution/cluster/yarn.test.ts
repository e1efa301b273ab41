import { expect } from 'chai';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkYarn } from '../../../../src/execution/cluster/check-yarn.js';
import { expectError } from '../../../helpers/expect-error.js';
import { fakeSpark } from '../../../helpers/fake-spark.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('what is asked of YARN by its own programs', () => {
  const top = temporaryFolder();
  /** One that keeps its arguments and settings, and ends as told. */
  const spark = (name: string, end: string) => {
    const folder = join(top, name);
    mkdirSync(folder);
    const toolchain = fakeSpark(folder);
    const file = join(toolchain.spark.home, 'bin', 'spark-class');
    const called = join(folder, 'called');
    writeFileSync(
      file,
      `#!/bin/sh\necho "$HADOOP_CONF_DIR $HADOOP_USER_NAME $*" > '${called}'\n${end}\n`,
    );
    chmodSync(file, 0o755);
    const env = { HADOOP_CONF_DIR: '/h', HADOOP_USER_NAME: 'me', PATH: process.env['PATH'] };
    const { signal } = new AbortController();
    return { parts: { toolchain, env, signal }, called: () => readFileSync(called, 'utf8').trim() };
  };
  const on = (master: string) => [
    { id: 'c1', role: 'candidate', levels: {}, knobs: { 'spark.master': master } } as const,
  ];

  it('is its nodes before the first trial, if a trial runs there', async () => {
    const { parts, called } = spark('nodes', '');
    await checkYarn(on('yarn'), parts);
    expect(called()).to.equal('/h me org.apache.hadoop.yarn.client.cli.NodeCLI node -list');
    await checkYarn(on('local[2]'), spark('none', 'exit 1').parts);
  });

  it('ends the run if it does not answer, or nobody says where it is', async () => {
    const { parts } = spark('gone', 'echo "java.net.ConnectException: refused" >&2; exit 255');
    const gone = await expectError(checkYarn(on('yarn'), parts), 'CLUSTER_UNREACHABLE');
    expect(gone.message).to.contain('java.net.ConnectException: refused');
    const lost = { ...parts, env: { PATH: '/bin' } };
    const nowhere = await expectError(checkYarn(on('yarn'), lost), 'CLUSTER_UNREACHABLE');
    expect(nowhere.message).to.contain('HADOOP_CONF_DIR');
  });
});
