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
  /** Starts the cluster, which `afterEach` stops. */
  const started = async () =>
    (cluster = await startCluster({
      ...{ toolchain, env, signal, port, workers: 2, directory: directory() },
      size: { cores: 1, memory: '1g' },
    }));
  /** Starts the master again at the port of the one that was killed. */
  const masterAgain = async () =>
    (master = await startService(
      masterCommand({ toolchain, env, signal, directory: directory() }, port),
      { logFile: clusterFiles(directory()).masterLog },
    ));
  const args = (results: string, more = 'measurement: { warmup: 1s, timeLimit: 4m }\n') => {
    const night = smallNight(
      folder,
      `  spark.executor.memory: 512m\ndesign: { blocks: 1 }\n${more}`,
    );
    const master = `spark://127.0.0.1:${String(port)}`;
    return ['run', night, '--results', results, '--master', master];
  };
  const inSession = 'measurement: { timeLimit: 4m }\nexecutor: session\n';
  /** Starts a cluster and a run on it, and waits until the trial that is its `count`-th reports batches. */
  const begin = async (name: string, count: number, more?: string) => {
    const up = await started();
    const results = join(folder, name);
    const running = startStreamtune(args(results, more));
    return { ...(await underWay(results, count)), pids: up.pids, results, running };
  };
  /** Reads how the trials of a run ended that was played to its end: their outcomes, or why they do not count. */
  const endsOf = (run: string) => {
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    return new Map(trials.map(({ id, outcome, reason }) => [id, reason ?? outcome]));
  };

  it('a trial that loses a worker does not count, and is tried again on what is left', async () => {
    const { run, trial, running, pids } = await begin('worker', 1);
    process.kill(pids[2] ?? 0, 'SIGKILL');
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
    const { run, running, pids } = await begin('worker-session', 2, inSession);
    process.kill(pids[2] ?? 0, 'SIGKILL');
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
    const { run, running, pids } = await begin('master-session', 2, inSession);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await masterAgain();
    const { code, stderr } = await running.ended;
    const outcomes = [...endsOf(run)];
    expect(code, `${outcomes.join('\n')}\n${stderr}`).to.equal(1);
    const again = outcomes.filter(([id]) => id.endsWith('-retry'));
    expect(again.map(([, end]) => end)).to.deep.equal(Array(again.length).fill('succeeded'));
    expect(outcomes.map(([, end]) => end).join('\n')).to.match(/executors-lost|executors? lost/);
  });

  it('a run outlives a master that goes and comes back', async () => {
    const { run, trial, running, pids } = await begin('master', 1);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await masterAgain();
    const { code, stderr } = await running.ended;
    const outcomes = endsOf(run);
    // A master that knows of no application has the executors of the running one ended: Spark's own doing.
    expect(code, `${[...outcomes.values()].join('\n')}\n${stderr}`).to.equal(1);
    expect(outcomes.get(trial)).to.match(/executors-lost/);
    outcomes.delete(trial);
    expect([...outcomes.values()]).to.deep.equal(['succeeded', 'succeeded']);
    expect([...outcomes.keys()]).to.include(`${trial}-retry`);
  });

  it('a trial whose broker is killed fails, and is tried again with one that came back', async () => {
    const { run, trial, broker, running } = await begin('broker', 1);
    process.kill(broker, 'SIGKILL');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(1);
    expect(stderr).to.contain('Restarting Kafka, which has stopped');
    const reasons = endsOf(run);
    expect(reasons.get(trial)).to.match(/^broker-gone: The embedded Kafka broker stopped/);
    reasons.delete(trial);
    expect([...reasons.values()], 'the others').to.deep.equal(['succeeded', 'succeeded']);
    expect([...reasons.keys()]).to.include(`${trial}-retry`);
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report.match(/2 \(2 cores\) on 127\.0\.0\.1 /g), 'no executor is lost').to.have.length(
      3,
    );
  });

  it('a run goes on after everything that it had was killed, the cluster too', async () => {
    const { run, trial, results, running } = await begin('all', 2);
    running.child.kill('SIGKILL');
    killAll([...processesWith(results), ...processesWith(directory())]);
    await running.ended;
    await cluster?.[Symbol.asyncDispose]();
    await started();
    const { code, stderr } = await streamtune(['resume', run]);
    expect(code, stderr).to.equal(0);
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(['succeeded', 'succeeded']);
    expect(trials.map(({ id }) => id)).to.include(trial);
    expect(existsSync(join(run, 'run.lock'))).to.equal(false);
  });
});
