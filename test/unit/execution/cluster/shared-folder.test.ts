import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireSharedFolder } from '../../../../src/execution/cluster/needs-shared-folder.js';
import { openSharedFolder } from '../../../../src/execution/cluster/shared-folder.js';
import { expectError } from '../../../helpers/expect-error.js';
import { fakeSpark } from '../../../helpers/fake-spark.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { testHost } from '../../../helpers/test-host.js';

describe('the folder that executors share with the driver', () => {
  const top = temporaryFolder();
  const open = (folder: string, keeps = false) =>
    openSharedFolder({
      ...{ folder, runId: 'r1', keeps },
      toolchain: fakeSpark(top),
      host: testHost().host,
    });
  const write = (path: string) => {
    for (const part of ['checkpoint', 'output']) mkdirSync(join(path, part), { recursive: true });
  };
  const trial = { id: 'b1-t1-c1' };

  for (const [name, form] of [
    ['a path', (folder: string) => folder],
    ['a file: URI', (folder: string) => pathToFileURL(folder).href],
  ] as const) {
    it(`is ${name}; each start of a trial gets one of its own there, and nothing stays`, async () => {
      const folder = join(top, name.replace(':', ''), 'deep');
      {
        await using shared = await open(form(folder));
        const [first, second] = [shared.placeOf(trial), shared.placeOf(trial)];
        expect(first.path).not.to.equal(second.path);
        expect(first.path.startsWith(`${form(folder)}/streamtune-r1/b1-t1-c1-`)).to.equal(true);
        const [left = ''] = readdirSync(folder);
        write(join(folder, left, 'a'));
        await first.clear();
      }
      expect(readdirSync(folder)).to.deep.equal([]);
    });
  }

  it('keeps what a trial wrote, without its checkpoint, where that is asked for', async () => {
    const folder = join(top, 'kept');
    let path = '';
    {
      await using shared = await open(folder, true);
      const place = shared.placeOf(trial);
      ({ path } = place);
      write(path);
      await place.clear();
    }
    expect(readdirSync(path)).to.deep.equal(['output']);
  });

  it("keeps Spark's own jars for YARN as long as the run lasts, once for each Spark", async () => {
    const toolchain = fakeSpark(top);
    const called = join(top, 'called');
    const file = join(toolchain.spark.home, 'bin', 'spark-class');
    writeFileSync(file, `#!/bin/sh\nshift\necho "$@" >> '${called}'\n`);
    const { host } = testHost();
    {
      const options = { folder: 'hdfs://h/s', runId: 'r1', keeps: true, toolchain, host };
      await using shared = await openSharedFolder(options);
      const jars = await shared.jarsOf(toolchain.spark);
      expect(jars).to.match(/^hdfs:\/\/h\/s\/streamtune-r1\/spark-[\w-]{6}\/\*\.jar$/);
      expect(await shared.jarsOf(toolchain.spark)).to.equal(jars);
    }
    const lines = readFileSync(called, 'utf8').trim().split('\n').slice(2);
    expect(lines.map((line) => line.replace(/spark-[\w-]{6}/, 'X'))).to.deep.equal([
      `-put ${toolchain.spark.home}/jars hdfs://h/s/streamtune-r1/X`,
      '-rm -r -f -skipTrash hdfs://h/s/streamtune-r1/X',
    ]);
  });

  it('is refused before the first trial where nothing can be written', async () => {
    writeFileSync(join(top, 'file'), '');
    const error = await expectError(open(join(top, 'file', 'below')), 'SHARED_FOLDER_UNUSABLE');
    expect(error.message).to.contain('spark.sharedFolder').and.to.contain('file');
    expect(existsSync(join(top, 'file'))).to.equal(true);
  });

  it('has to be named where executors run on other machines', () => {
    const one = (master: string) => [
      { id: 'c1', role: 'candidate', levels: {}, knobs: { 'spark.master': master } } as const,
    ];
    for (const master of ['local[2]', 'local-cluster[1,1,1024]', 'spark://127.0.0.1:7077']) {
      requireSharedFolder(one(master), undefined);
    }
    for (const master of ['spark://a:7077', 'spark://127.0.0.1:7077,b:7077', 'yarn', 'k8s://a']) {
      expect(() => {
        requireSharedFolder(one(master), undefined);
      }, master).to.throw('share a folder');
      requireSharedFolder(one(master), '/mnt/shared');
    }
  });
});
