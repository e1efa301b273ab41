import { expect } from 'chai';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster, type Cluster } from '../../src/cluster/start-cluster.js';
import { openSharedFolder, type SharedFolder } from '../../src/execution/cluster/shared-folder.js';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic } from '../../src/kafka/topics.js';
import { hostsOf } from '../../src/model/executors-seen.js';
import { waitUntil } from '../../src/process/wait-until.js';
import { buildJar } from '../helpers/jvm-job.js';
import { leftOvers } from '../helpers/left-overs.js';
import { runOwnJob } from '../helpers/own-job-trial.js';
import { realArchive, realToolchain } from '../helpers/real-broker.js';
import { runScript, type ScriptWorld } from '../helpers/script-trial.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { startStreamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

const records = 3_000;

/** Its function and the module of that run on the executors, in their Python. */
const script = `
import sys
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, udf
from shouting import shout

spark = SparkSession.builder.getOrCreate()
rows = (
    spark.readStream.format("kafka")
    .option("kafka.bootstrap.servers", "elsewhere:9092")
    .option("subscribe", "calls")
    .load()
)
python = udf(lambda value: shout(sys.executable))
words = rows.select(python(col("value").cast("string")).alias("python"))
query = words.groupBy("python").count().writeStream.format("console").outputMode("complete")
query.option("truncate", False).start().awaitTermination()
`;

describe('jobs of all kinds on a standalone cluster', () => {
  let cluster: Cluster;
  const pids: number[] = [];
  const folder = temporaryFolder(() => pids);
  const { env, signal } = testHost().host;
  let world: ScriptWorld;
  before(async () => {
    const toolchain = await realToolchain();
    const archive = await realArchive(toolchain);
    const { endpoint } = await sharedBroker();
    const topic = 'cluster-jobs';
    world = { toolchain, archive, endpoint, topic, records, folder };
    await createTopic({ endpoint, signal }, { name: topic, partitions: 2 });
    const source = generateCalls({ sample: readSample(), records, seed: 4 });
    await produce({ endpoint, signal, topic, partitions: 2, records: source });
    cluster = await startCluster({
      ...{ toolchain, env, signal, port: 0, workers: 2, directory: join(folder, 'cluster') },
      size: { cores: 1, memory: '1g' },
    });
    pids.push(...cluster.pids);
  });
  after(async () => {
    await cluster[Symbol.asyncDispose]();
  });
  /** A worker ends the executors of an application a moment after its driver. */
  const executorsEnd = async () => {
    const check = () => Promise.resolve(leftOvers(folder, pids).length === 0 || undefined);
    await waitUntil({ what: 'the executors end', timeoutMs: 30_000, signal, check });
  };
  const knobs = () => ({
    'spark.master': cluster.master,
    'spark.executor.memory': '512m',
    'source.maxOffsetsPerTrigger': 500,
  });

  it('a script runs there with its modules, in the Python of the driver', async () => {
    const file = join(folder, 'script.py');
    const module = join(folder, 'shouting.py');
    writeFileSync(file, script);
    writeFileSync(module, 'def shout(text):\n    return f"{text}!"\n');
    const trial = await runScript(world, file, { knobs: knobs(), job: { pyFiles: [module] } });
    expect(trial.outcome, trial.output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    expect(trial.output).to.contain(`${world.toolchain.python.executable}!`);
    await executorsEnd();
    const { executors } = trial.evidence;
    expect(executors?.gained.map(({ cores }) => cores)).to.deep.equal([1, 1]);
    const { locality = {} } = trial.measured ?? {};
    const tasks = Object.values(locality).reduce((sum, one) => sum + one, 0);
    expect(tasks, JSON.stringify(locality)).to.be.greaterThan(10);
    expect(executors?.lost).to.deep.equal([]);
    expect(executors === undefined ? [] : hostsOf(executors)).to.deep.equal(['127.0.0.1']);
  });

  const lengthCounts = (mainClass = 'LengthCounts') => {
    const jar = buildJar(world.toolchain, 'LengthCounts', { folder });
    const args = ['${kafka.bootstrapServers}', '${kafka.topic}', '500'];
    return { kind: 'jar', jar, mainClass, args, env: {} } as const;
  };

  it('a jar runs there, too', async () => {
    const trial = await runOwnJob(world, lengthCounts(), { knobs: knobs() });
    expect(trial.outcome, trial.output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    await executorsEnd();
    expect(trial.evidence.executors?.gained).to.have.length(2);
  });

  describe('with its driver on the cluster', () => {
    const mounted = join(folder, 'mounted');
    let shared: SharedFolder;
    before(async () => {
      const { host } = testHost();
      const { toolchain } = world;
      const parts = { folder: mounted, runId: 'run', toolchain, host, keeps: false };
      shared = await openSharedFolder(parts);
    });
    /** The class archive is one of drivers on this machine. */
    const there = () => ({ ...world, archive: undefined, shared });
    /** A core is left for an executor. */
    const elsewhere = () => ({
      ...knobs(),
      'spark.submit.deployMode': 'cluster',
      'spark.driver.memory': '512m',
    });
    const driversThere = async () => {
      const page = await fetch(`${cluster.webUi}/json/`);
      const { activedrivers } = (await page.json()) as { readonly activedrivers: unknown[] };
      return activedrivers;
    };

    it('a jar is followed, ended once it is measured, and leaves nothing', async () => {
      const trial = await runOwnJob(there(), lengthCounts(), { knobs: elsewhere() });
      expect(trial.outcome, trial.output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
      await executorsEnd();
      expect(trial.measured?.inputRows).to.equal(records);
      expect(trial.evidence.executors?.gained.length).to.be.greaterThan(0);
      expect(trial.evidence.effectiveConf).to.include({ 'spark.sql.shuffle.partitions': '2' });
      expect(await driversThere()).to.deep.equal([]);
      const kept = readdirSync(trial.directory);
      expect(kept).to.include.members(['driver.log', 'effective-conf.json', 'progress.ndjson']);
      expect(kept).not.to.include.members(['submitted-driver.json']);
      expect(readdirSync(join(mounted, 'streamtune-run'))).to.deep.equal([]);
    });

    it('a jar is tried in the foreground, with a Spark UI that answers', async () => {
      const file = join(folder, 'foreground.yaml');
      const { jar, mainClass, args } = lengthCounts();
      const { 'source.maxOffsetsPerTrigger': _rows, ...settings } = elsewhere();
      const experiment = {
        ...{ version: 1, name: 'foreground', data: { records: 2_000 } },
        job: { jar, class: mainClass, args },
        spark: { sharedFolder: mounted, masterUi: cluster.webUi },
        knobs: settings,
      };
      writeFileSync(file, JSON.stringify(experiment));
      const { child, ended, says, text } = startStreamtune(['submit', file, '--follow']);
      await says(/Spark UI: http:\S+/);
      const [, url = ''] = /Spark UI: (http:\S+)/.exec(text.stderr) ?? [];
      expect((await fetch(`${url}/StreamingQuery/`)).status).to.equal(200);
      child.kill('SIGINT');
      const { code, stderr } = await ended;
      expect(code, stderr).to.equal(130);
      await executorsEnd();
      expect(await driversThere()).to.deep.equal([]);
    });

    it('a jar that fails there is told apart', async () => {
      const trial = await runOwnJob(there(), lengthCounts('Nothing'), {
        knobs: elsewhere(),
      });
      expect(trial.outcome, trial.output.slice(-3_000)).to.include({ kind: 'failed' });
      await executorsEnd();
      expect(await driversThere()).to.deep.equal([]);
    });
  });
});
