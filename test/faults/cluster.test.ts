import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterFiles, masterCommand } from '../../src/cluster/cluster-process.js';
import { startCluster, type Cluster } from '../../src/cluster/start-cluster.js';
import { freePorts } from '../../src/kafka/broker/free-port.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { startService, type Service } from '../../src/process/service.js';
import { killAll, processesWith } from '../helpers/process-state.js';
import { realToolchain } from '../helpers/real-broker.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { startStreamtune, streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';
import { underWay } from '../helpers/under-way.js';

/** Of a standalone cluster with a master and two workers, all on this machine. */
describe('faults on the real thing: a cluster', () => {
  let cluster: Cluster | undefined;
  let master: Service | undefined;
  // Before the folder's own check of what is left.
  afterEach(async () => {
    await cluster?.[Symbol.asyncDispose]();
    await master?.stop();
    [cluster, master] = [undefined, undefined];
  });
  const folder = temporaryFolder();
  const { env, signal } = testHost().host;
  let toolchain: Toolchain;
  let port = 0;
  before(async () => {
    toolchain = await realToolchain();
    [port = 0] = await freePorts(1);
  });
  const directory = () => join(folder, 'cluster');
  const up = async () =>
    await startCluster({
      ...{ toolchain, env, signal, port, workers: 2, directory: directory() },
      size: { cores: 1, memory: '1g' },
    });
  const args = (results: string, more = 'measurement: { warmup: 1s, timeLimit: 4m }\n') => {
    const night = smallNight(
      folder,
      `  spark.executor.memory: 512m\ndesign: { blocks: 1 }\n${more}`,
    );
    const master = `spark://127.0.0.1:${String(port)}`;
    return ['run', night, '--results', results, '--master', master];
  };
  const inSession = 'measurement: { timeLimit: 4m }\nexecutor: session\n';
  /** Reads how the trials of a run ended that was played to its end: their outcomes, or why they do not count. */
  const endsOf = (run: string) => {
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    return new Map(trials.map(({ id, outcome, reason }) => [id, reason ?? outcome]));
  };

  it('a trial that loses a worker does not count, and is tried again on what is left', async () => {
    cluster = await up();
    const results = join(folder, 'worker');
    const running = startStreamtune(args(results));
    const { run, trial } = await underWay(results, 1);
    process.kill(cluster.pids[2] ?? 0, 'SIGKILL');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(1);
    const reasons = endsOf(run);
    expect(reasons.get(trial)).to.match(/1 executor lost, the last on 127\.0\.0\.1 \(/);
    expect(reasons.get(`${trial}-retry`)).to.equal('succeeded');
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report).to.contain('2 (2 cores) on 127.0.0.1; 1 lost');
    expect(report).to.contain('1 (1 core) on 127.0.0.1 ');
  });

  it('trials in turns that lose a worker do not count, and are tried again in the same driver', async () => {
    cluster = await up();
    const results = join(folder, 'worker-session');
    const running = startStreamtune(args(results, inSession));
    const { run } = await underWay(results, 2);
    process.kill(cluster.pids[2] ?? 0, 'SIGKILL');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(1);
    const ends = endsOf(run);
    const again = [...ends.keys()].filter((id) => id.endsWith('-retry'));
    expect(again, 'one may have ended before').to.have.length.within(1, 2);
    for (const id of again) {
      expect(ends.get(id)).to.equal('succeeded');
      const first = ends.get(id.replace('-retry', ''));
      expect(first).to.match(/1 executor lost, the last on 127\.0\.0\.1 \(/);
    }
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report).to.contain(`One live driver ran ${String(ends.size)} trials`);
  });

  it('a live driver is replaced where a master goes and comes back', async () => {
    cluster = await up();
    const results = join(folder, 'master-session');
    const running = startStreamtune(args(results, inSession));
    const { run } = await underWay(results, 2);
    process.kill(cluster.pids[0] ?? 0, 'SIGKILL');
    master = await startService(
      masterCommand({ toolchain, env, signal, directory: directory() }, port),
      { logFile: clusterFiles(directory()).masterLog },
    );
    const { code, stderr } = await running.ended;
    const outcomes = [...endsOf(run)];
    expect(code, `${outcomes.join('\n')}\n${stderr}`).to.equal(1);
    const again = outcomes.filter(([id]) => id.endsWith('-retry'));
    expect(again.map(([, end]) => end)).to.deep.equal(Array(again.length).fill('succeeded'));
    expect(outcomes.map(([, end]) => end).join('\n')).to.match(/executors-lost|executors? lost/);
  });

  it('a run outlives a master that goes and comes back', async () => {
    cluster = await up();
    const results = join(folder, 'master');
    const running = startStreamtune(args(results));
    const { run, trial } = await underWay(results, 1);
    process.kill(cluster.pids[0] ?? 0, 'SIGKILL');
    master = await startService(
      masterCommand({ toolchain, env, signal, directory: directory() }, port),
      { logFile: clusterFiles(directory()).masterLog },
    );
    const { code, stderr } = await running.ended;
    const outcomes = endsOf(run);
    // A master that knows of no application has the executors of the running one ended: Spark's own doing.
    expect(code, `${[...outcomes.values()].join('\n')}\n${stderr}`).to.equal(1);
    expect(outcomes.get(trial)).to.match(/executors-lost/);
    outcomes.delete(trial);
    expect([...outcomes.values()]).to.deep.equal(['succeeded', 'succeeded']);
    expect([...outcomes.keys()]).to.include(`${trial}-retry`);
  });

  it('a run goes on after everything that it had was killed, the cluster too', async () => {
    cluster = await up();
    const results = join(folder, 'all');
    const running = startStreamtune(args(results));
    const { run, trial } = await underWay(results, 2);
    running.child.kill('SIGKILL');
    killAll([...processesWith(results), ...processesWith(directory())]);
    await running.ended;
    await cluster[Symbol.asyncDispose]();
    cluster = await up();
    const { code, stderr } = await streamtune(['resume', run]);
    expect(code, stderr).to.equal(0);
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(['succeeded', 'succeeded']);
    expect(trials.map(({ id }) => id)).to.include(trial);
    expect(existsSync(join(run, 'run.lock'))).to.equal(false);
  });
});
