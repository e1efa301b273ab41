import { expect } from 'chai';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { clusterLines } from '../../../src/cli/broker/cluster-lines.js';
import { checkClusters } from '../../../src/cluster/check-clusters.js';
import { groupsOfDaemons } from '../../../src/cluster/daemon-groups.js';
import {
  clusterStatus,
  startManualCluster,
  stopManualCluster,
} from '../../../src/cluster/manual-cluster.js';
import type { Assignment } from '../../../src/model/knob.js';
import { hasProc, processesWith } from '../../helpers/process-state.js';
import { expectError } from '../../helpers/expect-error.js';
import { fakeSpark } from '../../helpers/fake-spark.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('the cluster of `cluster up`', () => {
  // Before the folder's own check of what is left.
  afterEach(async () => {
    await stopManualCluster(manual);
    expect(processesWith(directory)).to.deep.equal([]);
    expect(existsSync(directory)).to.equal(false);
  });
  const folder = temporaryFolder();
  const { signal, env } = testHost().host;
  const directory = join(folder, 'cluster');
  const manual = { directory, signal, onWait: () => undefined };
  const up = (more: { readonly cores?: number; readonly port?: number } = {}) =>
    startManualCluster({
      ...manual,
      toolchain: fakeSpark(folder),
      env,
      port: more.port ?? 0,
      workers: 2,
      size: { cores: more.cores ?? 2, memory: '1g' },
    });

  it('runs on until it is stopped, is not started twice, and leaves nothing', async () => {
    const { master, webUi } = await up();
    expect(master).to.match(/^spark:\/\/127\.0\.0\.1:\d+$/);
    expect(processesWith(directory)).to.have.length(3);
    const status = await clusterStatus(directory, signal);
    if (!status.running) throw new Error('it does not run');
    expect(status.cluster).to.include({ master, webUi, workers: 2, sparkVersion: '4.0.0' });
    expect(clusterLines(status.view)).to.equal(
      [
        `alive at ${master}, other`,
        '  worker on 127.0.0.1: 2 of 2 cores free, 2048 of 2048 MiB free',
        '  worker on 127.0.0.1: 2 of 2 cores free, 2048 of 2048 MiB free',
      ].join('\n'),
    );
    expect((await expectError(up(), 'CLUSTER_RUNNING')).message).to.contain(master);
    expect(await stopManualCluster(manual)).to.equal(true);
    expect(await stopManualCluster(manual)).to.equal(false);
    expect(await clusterStatus(directory, signal)).to.deep.equal({ running: false });
  });

  it('takes no driver of another Spark than its own, by either name of this machine', async () => {
    const { master } = await up();
    const check = (place: string, driver: string) =>
      checkClusters(
        [{ id: 'c1', role: 'baseline', levels: {}, knobs: { 'spark.master': place } }],
        { ...manual, versionOf: () => Promise.resolve(driver), note: () => undefined },
      );
    await check(master, '4.0.0');
    for (const place of [master, master.replace('127.0.0.1', 'localhost')]) {
      const error = await expectError(check(place, '3.5.7'), 'CLUSTER_OTHER_SPARK');
      expect(error.message).to.contain(`${place} runs Spark 4.0.0`).and.to.contain('Spark 3.5.7');
      expect(error.hint)
        .to.contain('--spark-version 4.0.0')
        .and.to.contain('cluster down')
        .and.to.contain('cluster up --spark 3.5.7');
    }
  });

  it('works for the trials of a run that uses it, as far as the machine is concerned', async function () {
    if (!hasProc) this.skip(); // nothing is known of load there
    const { master } = await up();
    const groupsOf = (knobs: Assignment) =>
      groupsOfDaemons([{ id: 'baseline', role: 'baseline', levels: {}, knobs }]);
    const groups = await groupsOf({ 'spark.master': master });
    expect([...groups]).to.include.members(processesWith(directory));
    expect([...(await groupsOf({ 'spark.master': 'local[2]' }))]).to.deep.equal([]);
  });

  it('is found and stopped without the files that it wrote', async () => {
    await up();
    rmSync(directory, { recursive: true });
    const silent = await expectError(clusterStatus(directory, signal), 'CLUSTER_UNREACHABLE');
    expect(silent.hint).to.contain('cluster down');
    expect(await stopManualCluster(manual)).to.equal(true);
  });

  it('does not stay half started when a worker ends', async () => {
    const failed = await expectError(up({ cores: 13 }), 'CLUSTER_NOT_READY');
    expect(failed.message).to.contain('no such cores');
    expect(processesWith(directory)).to.deep.equal([]);
    expect(readdirSync(directory)).to.include('worker-1.log');
  });

  it('says that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await expectError(up({ port }), 'PORT_IN_USE')).message).to.contain(String(port));
    server.close();
  });
});
