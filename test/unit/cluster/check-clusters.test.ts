import { expect } from 'chai';
import { join } from 'node:path';
import { checkClusters } from '../../../src/cluster/check-clusters.js';
import { clusterNow } from '../../../src/cluster/survey-clusters.js';
import { withHolders } from '../../../src/execution/cluster/who-holds.js';
import type { Outcome } from '../../../src/model/trial/outcome.js';
import { whyNotCounted } from '../../../src/report/words/outcome/outcome-text.js';
import type { Assignment } from '../../../src/model/knob.js';
import { expectError } from '../../helpers/expect-error.js';
import { fakeMaster, listener, streamFailure } from '../../helpers/fake-master.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('the clusters of a run', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  let fake: Awaited<ReturnType<typeof fakeMaster>>;
  before(async () => {
    fake = await fakeMaster();
  });
  after(async () => {
    await fake[Symbol.asyncDispose]();
  });

  async function check(knobs: Assignment, masterUi?: string, driver?: string): Promise<string[]> {
    const notes: string[] = [];
    const id = 'c1';
    await checkClusters([{ id, role: 'candidate', levels: {}, knobs }], {
      signal,
      directory: join(folder, 'none'),
      masterUi,
      versionOf: () => Promise.resolve(driver),
      patienceMs: 1_000,
      note: (text) => notes.push(text),
    });
    return notes;
  }
  const here = () => fake.master;
  const page = () => fake.page;

  it('are not looked for where there is none', async () => {
    expect(await check({ 'spark.master': 'local[2]' })).to.deep.equal([]);
  });

  it('have a master that listens', async () => {
    const error = await expectError(
      check({ 'spark.master': 'spark://127.0.0.1:1' }),
      'CLUSTER_UNREACHABLE',
    );
    expect(error.message).to.contain('spark://127.0.0.1:1');
  });

  it('have room for one executor of each configuration', async () => {
    const knobs = { 'spark.master': here(), 'spark.executor.memory': '1g' };
    expect(await check(knobs, page())).to.deep.equal([]);
    const large = check({ ...knobs, 'spark.executor.memory': '2g' }, page());
    expect((await expectError(large, 'CLUSTER_TOO_SMALL')).message).to.contain(
      'c1: one executor takes 1 core and 2048 MiB; no worker has more than 2 cores or 1536 MiB.',
    );
  });

  it('are used with fewer cores than a configuration asks for, which is said', async () => {
    const knobs = { 'spark.master': here(), 'spark.cores.max': 4 };
    expect(await check(knobs, page())).to.deep.equal([
      'c1: it asks for 4 cores (spark.cores.max), and the workers have 2 for it, with which it will run.',
    ]);
  });

  it('are those of a local-cluster, too, which say themselves what they have', async () => {
    const knobs = { 'spark.master': 'local-cluster[2,1,1024]', 'spark.executor.memory': '1g' };
    expect(await check(knobs)).to.deep.equal([]);
    const large = check({ ...knobs, 'spark.executor.memory': '2g' });
    const { message, hint } = await expectError(large, 'CLUSTER_TOO_SMALL');
    expect(message).to.contain(
      'c1: one executor takes 1 core and 2048 MiB; no worker has more than 1 core or 1024 MiB.',
    );
    expect(hint).to.contain('local-cluster[WORKERS,CORES,MIB]');
    expect(await check({ ...knobs, 'spark.cores.max': 4 })).to.deep.equal([
      'c1: it asks for 4 cores (spark.cores.max), and the workers have 2 for it, with which it will run.',
    ]);
  });

  it('are of the same Spark as the driver, as far as their page tells', async () => {
    await using told = await fakeMaster({}, '4.2.0-vendor-1');
    const knobs = { 'spark.master': told.master };
    expect(await check(knobs, told.page, '4.2.0')).to.deep.equal([]);
    expect(await check(knobs, told.page, undefined)).to.deep.equal([]);
    expect(await check({ 'spark.master': here() }, page(), '3.5.7')).to.deep.equal([]);
    const error = await expectError(check(knobs, told.page, '3.5.7'), 'CLUSTER_OTHER_SPARK');
    expect(error.message).to.contain(
      `${told.master} runs Spark 4.2.0, and the driver would be of Spark 3.5.7.`,
    );
    expect(error.hint).to.contain('--spark-version 4.2.0').and.to.contain('SPARK_HOME');
  });

  it('tell who has the cores that a trial did not get', async () => {
    const apps = [
      { id: 'app-1', name: 'night', cores: 2, state: 'RUNNING' },
      { id: 'app-2', name: 'the trial itself', cores: 0, state: 'WAITING' },
    ];
    await using busy = await fakeMaster({ activeapps: apps });
    const end = {
      kind: 'failed',
      failureClass: 'no-executors',
      cause: { kind: 'no-executors', waitedSeconds: 60 },
      stderrTail: [],
      infrastructure: true,
    } as const;
    const told = async ({ master, page }: { readonly master: string; readonly page: string }) => {
      const places = { signal, directory: join(folder, 'none'), masterUi: page };
      const ask = () => clusterNow({ 'spark.master': master }, places);
      return whyNotCounted((await withHolders(end, ask)) as Outcome);
    };
    const start =
      'no-executors: the cluster gave it no executor, 60 s after Spark began to say so: ';
    expect(await told(busy)).to.equal(`${start}its cores were held by night (2 cores)`);
    expect(await told(fake)).to.equal(
      `${start}no application held it by then, so what its 1 worker had left was too little`,
    );
    await using deserted = await fakeMaster({ workers: [] });
    expect(await told(deserted)).to.equal(`${start}none of its workers is alive`);
    expect(await told({ ...fake, page: 'http://127.0.0.1:1' })).to.contain('or other applications');
    const ended = { kind: 'ended' } as const;
    const nobody = () => Promise.reject(new Error('nobody asks'));
    expect(await withHolders(ended, nobody)).to.equal(ended);
  });

  it('are used unseen where a Spark answers and its page is not found, which is said', async () => {
    await using port = await listener(streamFailure);
    const [note] = await check({ 'spark.master': port.master }, 'http://127.0.0.1:1');
    expect(note).to.contain('spark.masterUi');
    const several = `${port.master},127.0.0.1:1`;
    expect(await check({ 'spark.master': several }, 'http://127.0.0.1:1')).to.have.length(1);
  });

  it('are refused where what listens is no master', async () => {
    const answers = [
      ['HTTP/1.1 400 Bad Request\r\n\r\n', 'speaks HTTP', 'not that of the page'],
      ['SSH-2.0-OpenSSH_9.6\r\n', 'is something else', 'cluster up'],
      ['', 'is something else', 'cluster up'],
      [undefined, 'says nothing', 'cluster up'],
    ] as const;
    for (const [answer, words, advice] of answers) {
      await using port = await listener(() => answer);
      const checking = check({ 'spark.master': port.master }, 'http://127.0.0.1:1');
      const { message, hint } = await expectError(checking, 'CLUSTER_UNREACHABLE');
      expect(message).to.equal(
        `No Spark master answers at ${port.master} (what listens there ${words}).`,
      );
      expect(hint).to.contain(advice);
    }
  });

  it('may take TLS only, and then nobody asks', async () => {
    await using port = await listener(() => '');
    const knobs = { 'spark.master': port.master, 'spark.ssl.rpc.enabled': true };
    expect(await check(knobs, 'http://127.0.0.1:1')).to.have.length(1);
  });
});
