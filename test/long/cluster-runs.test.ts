import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clusterFiles } from '../../src/cluster/cluster-process.js';
import { answerOfPort } from '../../src/cluster/master-port.js';
import { startCluster, type Cluster } from '../../src/cluster/start-cluster.js';
import { listTopics } from '../../src/kafka/topics.js';
import { bootstrapServersOf, type KafkaEndpoint } from '../../src/model/kafka-endpoint.js';
import { mastersOf } from '../../src/model/target.js';
import { waitUntil } from '../../src/process/wait-until.js';
import { executorsRunning } from '../helpers/executors-running.js';
import { listener } from '../helpers/fake-master.js';
import { leftOvers } from '../helpers/left-overs.js';
import { applicationsOf } from '../helpers/master-page.js';
import { realToolchain } from '../helpers/real-broker.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { startStreamtune, streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';
import { underWay } from '../helpers/under-way.js';

/** A master and a worker with two cores. */
describe('runs on a standalone cluster', function () {
  this.timeout(1_500_000);
  let cluster: Cluster;
  let endpoint: KafkaEndpoint;
  const pids: number[] = [];
  const folder = temporaryFolder(() => pids);
  const shared = join(folder, 'shared');
  const directory = join(folder, 'cluster');
  const { env, signal } = testHost().host;
  before(async () => {
    const toolchain = await realToolchain();
    ({ endpoint } = await sharedBroker());
    cluster = await startCluster({
      ...{ toolchain, env, signal, port: 0, workers: 1, directory },
      size: { cores: 2, memory: '1500m' },
    });
    pids.push(...cluster.pids);
  });
  after(async () => {
    await cluster[Symbol.asyncDispose]();
  });

  const nightOf = (knobs: string, sections = '', page = cluster.webUi) =>
    smallNight(
      folder,
      `${knobs}spark: { sharedFolder: '${shared}', masterUi: '${page}' }
kafka: { bootstrapServers: '${bootstrapServersOf(endpoint)}' }
design: { kind: one-at-a-time, blocks: 1 }
measurement: { warmup: 1s, timeLimit: 20m }
${sections}`,
    );
  const start = (night: string, results: string) =>
    startStreamtune(['run', night, '--results', results, '--master', cluster.master]);
  const runsIn = (results: string) => readdirSync(results).map((name) => join(results, name));
  /** Looks again and again until programs have ended. */
  const whileRunning = async (
    running: readonly ReturnType<typeof start>[],
    look: () => Promise<void> | void,
  ) => {
    let left = running.length;
    for (const { ended } of running) void ended.finally(() => (left -= 1));
    const check = async () => {
      await look();
      return left === 0 ? true : undefined;
    };
    const what = 'the runs end';
    await waitUntil({ what, check, timeoutMs: 1_400_000, intervalMs: 300, signal });
    return await Promise.all(running.map(({ ended }) => ended));
  };
  /** A worker ends the executors of an application a moment after its driver. */
  const nothingLeft = async () => {
    const check = async () => {
      const isOver = leftOvers(folder, pids).length === 0;
      return isOver && (await applicationsOf(cluster.webUi)).active.length === 0 ? true : undefined;
    };
    await waitUntil({ what: 'the executors end', timeoutMs: 30_000, signal, check });
    expect(readdirSync(shared)).to.deep.equal([]);
  };

  it('get the executors that each configuration asks for, and cost accordingly', async () => {
    const factors = `factors:
  spark.cores.max: [2, 1]
  spark.executor.cores: [1, 2]
  spark.executor.memory: [512m, 640m]
`;
    const results = join(folder, 'asked');
    // A standalone master does not count instances, so this one changes nothing.
    const night = nightOf('  spark.executor.instances: 1\n', factors);
    const started = new Map<string, Map<string, string>>();
    const [ended] = await whileRunning([start(night, results)], () => {
      for (const { application, id, cores, heapMb } of executorsRunning(directory)) {
        const own = started.get(application) ?? new Map<string, string>();
        started.set(application, own.set(id, sizeOf(cores, heapMb)));
      }
    });
    expect(ended?.code, ended?.stderr).to.equal(0);
    expect(ended?.stderr).to.match(/spark\.executor\.instances.*\[cannot-act\]/);
    await nothingLeft();
    const [run = ''] = runsIn(results);
    const { state, configurations } = readSummary(run);
    expect(state).to.equal('complete');
    const told = (await applicationsOf(cluster.webUi)).ended;
    const rows = readFileSync(join(run, 'report.md'), 'utf8');
    const kinds = configurations.map(({ levels, cost, trials }) => {
      const asked = Object.fromEntries(
        Object.entries(levels).map(([key, level]) => [key, String(level)]),
      );
      const [max, each] = [Number(asked['spark.cores.max']), Number(asked['spark.executor.cores'])];
      const heapMb = parseInt(asked['spark.executor.memory'] ?? '', 10);
      const count = max / each;
      for (const { id } of trials) {
        const settings = settingsOf(run, id);
        expect(settings, id).to.include(asked);
        const application = settings['spark.app.id'] ?? '';
        const executors = [...(started.get(application)?.values() ?? [])];
        expect(executors, id).to.deep.equal(Array(count).fill(sizeOf(each, heapMb)));
        expect(coresIn(run, id), id).to.deep.equal(Array(count).fill(each));
        const there = told.find((app) => app.id === application);
        expect(there, id).to.include({ memoryperexecutor: heapMb });
      }
      const gib = 1 + (count * heapMb) / 1_024; // the driver's, and those of the executors
      expect(cost?.resources).to.deep.equal({ cores: max, memoryBytes: gib * 2 ** 30 });
      const ratio = (cost?.memoryGibSeconds ?? 0) / (cost?.coreSeconds ?? NaN);
      expect(ratio).to.be.closeTo(gib / max, 0.001);
      expect(rows).to.match(
        new RegExp(`\\| +${String(max)} \\| +${gib.toFixed(1)} \\| +[\\d.,]+ \\|`),
      );
      return `${String(count)} of ${sizeOf(each, heapMb)}`;
    });
    expect(kinds).to.have.members([
      ...['2 of 1 × 512 MiB', '2 of 1 × 512 MiB', '1 of 1 × 512 MiB'], // the baseline, and it again
      ...['1 of 2 × 512 MiB', '2 of 1 × 640 MiB'],
    ]);
  });

  it('two at once share the cluster, the broker and the shared folder, and nothing else', async () => {
    const night = nightOf(
      '  spark.cores.max: 1\n  spark.executor.memory: 512m\n  job.sink: kafka\n',
    );
    const results = join(folder, 'twins');
    const topics = async () => await listTopics({ endpoint, signal });
    const before = await topics();
    const seen = { parts: new Set<string>(), topics: new Set<string>(), together: 0 };
    const ends = await whileRunning([start(night, results), start(night, results)], async () => {
      for (const name of readdirOrNone(shared)) seen.parts.add(name);
      for (const name of await topics()) seen.topics.add(name);
      const { active } = await applicationsOf(cluster.webUi);
      const busy = active.filter(({ cores }) => cores > 0).length;
      seen.together = Math.max(seen.together, busy);
    });
    for (const { code, stderr } of ends) expect(code, stderr).to.equal(0);
    expect(seen.together, 'both had executors at the same time').to.equal(2);
    const runs = runsIn(results);
    const ids = runs.map(runIdOf);
    expect(new Set(ids)).to.have.property('size', 2);
    expect([...seen.parts]).to.have.members(ids.map((id) => `streamtune-${id}`));
    for (const [index, run] of runs.entries()) {
      const { state, trials } = readSummary(run);
      expect(state).to.equal('complete');
      expect(trials.map(({ outcome }) => outcome)).to.deep.equal(['succeeded', 'succeeded']);
      const own = [...seen.topics].filter((name) => name.includes(ids[index] ?? '?'));
      expect(own.length, 'input and output').to.be.greaterThan(1);
      for (const { id } of trials) {
        expect(coresIn(run, id)).to.deep.equal([1]);
        const read = topicsReadIn(run, id);
        expect(read).to.have.length(1);
        expect(own).to.include.members(read);
      }
    }
    await nothingLeft();
    const check = async () => {
      const left = (await topics()).filter((name) => !before.includes(name));
      return left.length === 0 ? true : undefined;
    };
    await waitUntil({ what: 'their topics are gone', timeoutMs: 20_000, signal, check });
  });

  it('are refused at once where what listens is no master, which a real one proves without a page', async function () {
    this.timeout(60_000);
    const real = mastersOf(cluster.master)[0]!;
    const log = () => readFileSync(clusterFiles(directory).masterLog, 'utf8');
    const before = log();
    expect(await answerOfPort(real, { signal, patienceMs: 20_000 })).to.equal('spark');
    expect(log().slice(before.length), 'no error').not.to.match(/ERROR|WARN|Exception/);
    await using port = await listener(() => undefined);
    const results = join(folder, 'refused');
    const night = nightOf('', '', 'http://127.0.0.1:1');
    const args = ['run', night, '--results', results, '--master', port.master];
    const { code, stderr } = await streamtune(args);
    expect(code, stderr).to.equal(3);
    expect(stderr).to.contain(
      `No Spark master answers at ${port.master} (what listens there says nothing).`,
    );
    expect(existsSync(results)).to.equal(false);
    expect(readdirOrNone(shared)).to.deep.equal([]);
  });

  it('Ctrl-C in a trial ends its application with its executors, and the report is written', async () => {
    const results = join(folder, 'stopped');
    const running = start(nightOf('  spark.executor.memory: 512m\n'), results);
    const { run, trial } = await underWay(results, 1);
    expect((await applicationsOf(cluster.webUi)).active).to.have.length(1);
    expect(executorsRunning(directory)).to.have.length(1);
    expect(readdirSync(shared)).to.deep.equal([`streamtune-${runIdOf(run)}`]);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(130);
    await nothingLeft();
    expect(executorsRunning(directory)).to.deep.equal([]);
    const { state, trials } = readSummary(run);
    expect(state).to.equal('interrupted');
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(['canceled']);
    expect(readFileSync(join(run, 'report.md'), 'utf8')).to.contain('interrupted');
    expect(readdirSync(join(run, 'trials', trial))).not.to.include('scratch');
  });
});

/** Cores and heap of an executor. */
function sizeOf(cores: number, heapMb: number): string {
  return `${String(cores)} × ${String(heapMb)} MiB`;
}

function runIdOf(run: string): string {
  return (JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { runId: string }).runId;
}

function settingsOf(run: string, trial: string): Readonly<Record<string, string>> {
  const file = join(run, 'trials', trial, 'effective-conf.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { settings: Record<string, string> }).settings;
}

/** Of each executor, as the master granted it. */
function coresIn(run: string, trial: string): (number | undefined)[] {
  const file = join(run, 'trials', trial, 'outcome.json');
  const { executors } = JSON.parse(readFileSync(file, 'utf8')) as {
    executors?: { gained: readonly { cores?: number }[] };
  };
  return executors?.gained.map(({ cores }) => cores) ?? [];
}

/** The topics whose offsets a trial reported. */
function topicsReadIn(run: string, trial: string): string[] {
  const text = readFileSync(join(run, 'trials', trial, 'progress.ndjson'), 'utf8');
  const found = text.split('\n').flatMap((line) => {
    if (!line.includes('"progress"')) return [];
    const { progress } = JSON.parse(line) as {
      progress: { sources: readonly { endOffset: Record<string, unknown> }[] };
    };
    return progress.sources.flatMap(({ endOffset }) => Object.keys(endOffset));
  });
  return [...new Set(found)];
}

function readdirOrNone(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
