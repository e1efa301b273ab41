import { expect } from 'chai';
import { chmodSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { askMaster } from '../../src/cluster/ask-master.js';
import { clusterFiles, workerCommand } from '../../src/cluster/cluster-process.js';
import { startCluster, type Cluster } from '../../src/cluster/start-cluster.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { startService, type Service } from '../../src/process/service.js';
import { waitUntil } from '../../src/process/wait-until.js';
import { leftOvers } from '../helpers/left-overs.js';
import { realToolchain } from '../helpers/real-broker.js';
import { smallNight } from '../helpers/small-night.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';
import { unprivileged } from '../helpers/unprivileged.js';

/** A worker as on another machine: of another user, or with another disk at the place of the shared folder. */
describe('faults on the real thing: executors that cannot use the shared folder', function () {
  this.timeout(300_000);
  const pids: number[] = [];
  let cluster: Cluster | undefined;
  let worker: Service | undefined;
  afterEach(async () => {
    await worker?.stop();
    await cluster?.[Symbol.asyncDispose]();
    pids.splice(0);
  });
  const folder = temporaryFolder(() => pids);
  const { env, signal } = testHost().host;
  let toolchain: Toolchain;
  before(async function () {
    toolchain = await realToolchain();
    if (process.getuid?.() === 0 && unprivileged()?.uid !== undefined) return;
    console.error('NOT CHECKED: workers of another user, for which this has to be root');
    this.skip();
  });

  /** Starts a master and a worker, which another program starts as it likes. */
  const start = async (name: string, around: readonly [string, ...string[]]) => {
    const directory = join(folder, name);
    const options = { toolchain, env, signal, directory };
    const size = { cores: 2, memory: '1g' };
    cluster = await startCluster({ ...options, port: 0, workers: 0, size });
    for (const path of [clusterFiles(directory).workerFolder(1), clusterFiles(directory).local]) {
      mkdirSync(path, { recursive: true });
      chmodSync(path, 0o777);
    }
    const { master, webUi } = cluster;
    const own = workerCommand(options, { number: 1, master, size });
    const [file, ...args] = around;
    const command = { ...own, file, args: [...args, own.file, ...own.args] };
    worker = await startService(command, { logFile: clusterFiles(directory).workerLog(1) });
    pids.push(...cluster.pids, worker.pid);
    const check = async () =>
      (await askMaster(webUi, signal))?.workers.some(({ isAlive }) => isAlive) || undefined;
    await waitUntil({ what: 'the worker registers', timeoutMs: 60_000, signal, check });
    return master;
  };
  const run = async (name: string, master: string, shared: string) => {
    const night = smallNight(
      folder,
      `  spark.executor.memory: 512m
spark: { sharedFolder: '${shared}' }
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 20m }
`,
    );
    const results = join(folder, `results-${name}`);
    const args = ['run', night, '--results', results, '--master', master];
    const ended = await streamtune(args);
    const check = () => (leftOvers(folder, pids).length === 0 ? true : undefined);
    await waitUntil({ what: 'the executors end', timeoutMs: 30_000, signal, check });
    const [own = ''] = readdirSync(results);
    const journal = readFileSync(join(results, own, 'journal.ndjson'), 'utf8');
    return { ...ended, trials: journal.match(/"trial-started"/g)?.length };
  };

  it('end the run with the first trial where they have no right to write there', async () => {
    const shared = join(folder, 'closed');
    const around = ['setpriv', '--reuid=nobody', '--regid=65534', '--clear-groups'] as const;
    const { code, stderr, trials } = await run('user', await start('user', around), shared);
    expect(code, stderr).to.equal(3);
    expect(stderr).to.match(/SHARED_FOLDER_UNUSABLE: The executors cannot use \S+closed\S+, /);
    expect(stderr).to.contain('the executor on 127.0.0.1 cannot write there');
    expect(stderr).to.contain('Let the user whom the workers run as write there');
    expect(trials).to.equal(1);
    expect(readdirSync(shared)).to.deep.equal([]);
  });

  it('end it where they write to another folder of that name, before the trial counts', async () => {
    const shared = join(folder, 'elsewhere');
    mkdirSync(shared);
    const script = `mount -t tmpfs none '${shared}' && exec "$0" "$@"`;
    const around = ['unshare', '--mount', 'sh', '-c', script] as const;
    const { code, stderr, trials } = await run('mount', await start('mount', around), shared);
    expect(code, stderr).to.equal(3);
    expect(stderr).to.contain('of 2 partitions of the state this machine sees no file of 2');
    expect(stderr).to.contain('(on 127.0.0.1)');
    expect(trials).to.equal(1);
    expect(readdirSync(shared)).to.deep.equal([]);
  });
});
