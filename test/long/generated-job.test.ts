import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { analyseRun } from '../../src/analysis/analyse-run.js';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample, type PoliceCall } from '../../src/dataset/police-call.js';
import { consume } from '../../src/kafka/consumer.js';
import type { Broker } from '../../src/kafka/broker/embedded-broker.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic, describeTopic } from '../../src/kafka/topics.js';
import { bootstrapServersOf } from '../../src/model/kafka-endpoint.js';
import type { Trial } from '../../src/model/trial/plan.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { projectPath } from '../../src/process/project-paths.js';
import { bestOf, writeBest } from '../../src/run/ending/write-best.js';
import { realToolchain } from '../helpers/real-broker.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { runRecord } from '../helpers/run-record.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

/** What plain spark-submit, without any part of streamtune, does with the file that `generate` writes. */
describe('the generated data_stream.py', () => {
  let broker: Broker;
  let toolchain: Toolchain;
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  const source = generateCalls({ sample: readSample(), records: 3_000, seed: 3 });
  const records = [...source];
  const calls = records.map((record) => JSON.parse(record.toString()) as PoliceCall);
  const connection = () => ({ endpoint: broker.endpoint, signal });
  before(async () => {
    toolchain = await realToolchain();
    broker = await sharedBroker();
    await createTopic(connection(), { name: 'generated-calls', partitions: 2 });
    await produce({ ...connection(), topic: 'generated-calls', partitions: 2, records });
  });

  /** Generates the job for some knobs, and runs it in a folder of its own. */
  async function run(knobs: Record<string, string | number>) {
    const directory = join(folder, Object.values(knobs).join('-'));
    mkdirSync(directory);
    const file = join(directory, 'experiment.yaml');
    const all = { 'source.maxOffsetsPerTrigger': 1_000, ...knobs };
    writeFileSync(file, JSON.stringify({ version: 1, name: 'by-hand', knobs: all }));
    const at = [
      '--bootstrap-servers',
      bootstrapServersOf(broker.endpoint),
      '--topic',
      'generated-calls',
    ];
    const generated = await streamtune(['generate', file, ...at]);
    expect(generated.code, generated.stderr).to.equal(0);
    expect(generated.stderr).to.contain('spark-submit --packages org.apache.spark:spark-sql-kafka');
    expect(generated.stdout).not.to.contain(projectPath(''));
    writeFileSync(join(directory, 'data_stream.py'), generated.stdout);
    copyFileSync(projectPath('data/radio_code.json'), join(directory, 'radio_code.json'));
    const { spark } = toolchain;
    const conf = ['spark.ui.enabled=false', 'spark.sql.shuffle.partitions=2'];
    const args = [
      ...['--master', 'local[2]', ...conf.flatMap((pair) => ['--conf', pair])],
      ...['--jars', spark.connectorJars.join(','), 'data_stream.py'],
    ];
    const ended = spawnSync(join(spark.home, 'bin', 'spark-submit'), args, {
      cwd: directory,
      encoding: 'utf8',
      env: environmentOf(toolchain),
    });
    expect(ended.status, ended.stdout + ended.stderr.slice(-3_000)).to.equal(0);
    const commits = readdirSync(join(directory, 'checkpoint', 'commits'));
    expect(commits.filter((name) => /^\d+$/.test(name)).length).to.be.at.least(3);
    return { directory, stdout: ended.stdout };
  }

  it('runs as best/submit.sh of a run', async () => {
    const settings = {
      version: 1,
      name: 'by-hand',
      kafka: { bootstrapServers: bootstrapServersOf(broker.endpoint) },
      knobs: { 'spark.master': 'local[2]', 'topic.name': 'generated-calls', 'job.sink': 'console' },
      factors: { 'spark.sql.shuffle.partitions': [3, 2] },
      design: { blocks: 4 },
      measurement: { warmup: '1s' },
    };
    const twoIsBetter = (trial: Trial) =>
      (trial.configuration.id === 'c1' ? 250 : 500) + 3 * ((trial.block * 7) % 5);
    const directory = join(folder, 'of-a-run');
    mkdirSync(directory);
    await writeBest(
      directory,
      bestOf(analyseRun(runRecord(JSON.stringify(settings), twoIsBetter))),
    );
    const { spark } = toolchain;
    const jars = ['--packages', '', '--jars', spark.connectorJars.join(',')];
    const ended = spawnSync('bash', [join(directory, 'best', 'submit.sh'), ...jars], {
      cwd: folder,
      encoding: 'utf8',
      env: environmentOf(toolchain),
    });
    expect(ended.status, ended.stdout + ended.stderr.slice(-3_000)).to.equal(0);
    expect(ended.stdout).to.contain('Batch: 0');
    const state = join(directory, 'best', 'checkpoint', 'state', '0');
    expect(readdirSync(state).filter((name) => /^\d+$/.test(name))).to.have.length(2);
  });

  /** The JSON values of a topic. */
  async function valuesOf(topic: string): Promise<Record<string, unknown>[]> {
    const { partitions } = await describeTopic(connection(), topic);
    const maxMessages = partitions.reduce((sum, { latest }) => sum + latest, 0);
    const values: Record<string, unknown>[] = [];
    const onMessage = (value: Buffer) =>
      void values.push(JSON.parse(value.toString()) as Record<string, unknown>);
    await consume({ ...connection(), topic, fromBeginning: true, maxMessages, onMessage });
    return values;
  }

  /** How often each key occurs. */
  function countsBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
    return counts;
  }

  it('counts every call by its type, and sends the counts to a topic', async () => {
    await createTopic(connection(), { name: 'generated-counts', partitions: 1 });
    await run({
      'job.aggregation': 'by-type',
      'job.sink': 'kafka',
      'job.outputTopic': 'generated-counts',
    });
    const last = new Map<string, number>();
    for (const value of await valuesOf('generated-counts')) {
      last.set(String(value['crime_type']), Number(value['count']));
    }
    expect(last).to.deep.equal(countsBy(calls, (call) => call.original_crime_type_name));
  });

  it('counts by window, type and disposition, and joins the meaning of the disposition', async () => {
    await createTopic(connection(), { name: 'generated-joined', partitions: 1 });
    await run({
      'job.aggregation': 'join',
      'job.sink': 'kafka',
      'job.outputTopic': 'generated-joined',
    });
    const codes = JSON.parse(readFileSync(projectPath('data/radio_code.json'), 'utf8')) as {
      disposition_code: string;
      description: string;
    }[];
    const meaning = new Map(codes.map((code) => [code.disposition_code, code.description]));
    const last = new Map<string, number>();
    const values = await valuesOf('generated-joined');
    for (const value of values) {
      const { start } = value['window'] as { start: string };
      const disposition = String(value['disposition']);
      expect(value['description'], disposition).to.equal(meaning.get(disposition));
      const key = `${start.slice(0, 13)} ${String(value['crime_type'])} ${disposition}`;
      last.set(key, Number(value['count']));
    }
    const hour = (call: PoliceCall) => call.call_date_time.slice(0, 13);
    const expected = countsBy(
      calls,
      (call) => `${hour(call)} ${call.original_crime_type_name} ${call.disposition}`,
    );
    expect(last).to.deep.equal(expected);
    expect(values.some((value) => value['description'] !== undefined)).to.equal(true);
  });

  it('prints batches to the console', async () => {
    const { stdout } = await run({ 'job.aggregation': 'by-type-window', 'job.sink': 'console' });
    expect(stdout)
      .to.contain('Batch: 2')
      .and.to.match(/\|window +\|crime_type +\|disposition *\|count\|/);
  });

  it('writes finished windows to Parquet', async () => {
    const { directory } = await run({ 'job.aggregation': 'by-type-window', 'job.sink': 'parquet' });
    const files = readdirSync(join(directory, 'output')).filter((name) =>
      name.endsWith('.parquet'),
    );
    expect(files.length).to.be.greaterThan(0);
    expect(existsSync(join(directory, 'output', '_spark_metadata'))).to.equal(true);
  });

  it('keeps a table in memory, and runs with no sink at all', async () => {
    await run({ 'job.aggregation': 'by-type', 'job.sink': 'memory', 'job.outputMode': 'complete' });
    await run({ 'job.aggregation': 'by-type-window', 'job.sink': 'noop' });
  });
});

/** What a person's shell has who runs this Spark by hand. */
function environmentOf({ spark, java, python }: Toolchain): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    JAVA_HOME: java.home,
    SPARK_HOME: spark.home,
    SPARK_LOCAL_IP: '127.0.0.1',
    PYSPARK_PYTHON: python.executable,
  };
}
