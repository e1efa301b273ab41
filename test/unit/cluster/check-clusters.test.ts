import { expect } from 'chai';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { checkClusters } from '../../../src/cluster/check-clusters.js';
import type { Assignment } from '../../../src/model/knob.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

/** What Spark 4.2.0 answered at /json/, shortened. */
const answer = (url: string) => ({
  url,
  workers: [
    {
      ...{ id: 'worker-1', host: '127.0.0.1', port: 39695, webuiaddress: 'http://127.0.0.1:28082' },
      ...{ cores: 2, coresused: 0, coresfree: 2, memory: 1536, memoryused: 0, memoryfree: 1536 },
      ...{ resources: {}, state: 'ALIVE', lastheartbeat: 1_795_691_129_790 },
    },
  ],
  ...{ aliveworkers: 1, cores: 2, coresused: 0, memory: 1536, memoryused: 0 },
  ...{ activeapps: [], completedapps: [], activedrivers: [], status: 'ALIVE' },
});

describe('the clusters of a run', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  let url = '';
  const server = createServer((request, response) => {
    response.end(request.url === '/json/' ? JSON.stringify(answer(url)) : 'no');
  });
  let port = 0;
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    url = `spark://cluster.example:${String(port)}`;
  });
  after(() => {
    server.close();
  });

  async function check(knobs: Assignment, masterUi?: string): Promise<string[]> {
    const notes: string[] = [];
    const id = 'c1';
    await checkClusters([{ id, role: 'candidate', levels: {}, knobs }], {
      signal,
      directory: join(folder, 'none'),
      masterUi,
      note: (text) => notes.push(text),
    });
    return notes;
  }
  const here = () => `spark://127.0.0.1:${String(port)}`;
  const page = () => `http://127.0.0.1:${String(port)}`;

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

  it('are used unseen where their page is not found, which is said', async () => {
    const [note] = await check({ 'spark.master': here() }, 'http://127.0.0.1:1');
    expect(note).to.contain('spark.masterUi');
  });
});
