import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic } from '../../src/kafka/topics.js';
import type { Assignment } from '../../src/model/knob.js';
import { buildJar } from '../helpers/jvm-job.js';
import { runOwnJob, type OwnJobWorld } from '../helpers/own-job-trial.js';
import { realToolchain } from '../helpers/real-broker.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

const records = 3_000;
const reading = ['${kafka.bootstrapServers}', '${kafka.topic}', '500'];

describe('jars in the style of real ones', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  let world: OwnJobWorld;
  let lengthCounts: string;
  before(async () => {
    const { endpoint } = await sharedBroker();
    const topic = 'own-jars';
    world = { toolchain: await realToolchain(), endpoint, topic, records, folder };
    await createTopic({ endpoint, signal }, { name: topic, partitions: 2 });
    const source = generateCalls({ sample: readSample(), records, seed: 4 });
    await produce({ endpoint, signal, topic, partitions: 2, records: source });
    lengthCounts = buildJar(world.toolchain, 'LengthCounts', { folder });
  });

  async function run(
    jar: string,
    mainClass: string,
    parts: {
      readonly args?: readonly string[];
      readonly knobs?: Assignment;
      readonly window?: number;
      readonly in?: OwnJobWorld;
    } = {},
  ) {
    const { args = [], knobs, window } = parts;
    return await runOwnJob(
      parts.in ?? world,
      { kind: 'jar', jar, mainClass, args, env: {} },
      { knobs, measurement: window === undefined ? {} : { windowSeconds: window } },
    );
  }

  it('tell the same with each form of event log', async () => {
    const packed = { 'spark.eventLog.compress': true };
    const codec = (name: string) => ({ ...packed, 'spark.eventLog.compression.codec': name });
    const rolling = { 'spark.eventLog.rolling.enabled': true };
    const forms: readonly (readonly [string, Assignment, ...string[]])[] = [
      ['plain', {}],
      ['zstd', codec('zstd')],
      ['snappy', codec('snappy')],
      ['rolling, zstd', { ...codec('zstd'), ...rolling }],
      // Its events come in blocks: only a job that ends by itself shows the last of them.
      ['lz4', codec('lz4'), '-', 'once'],
    ];
    const told: unknown[] = [];
    for (const [form, knobs, ...more] of forms) {
      const args = [...reading, ...more];
      const trial = await run(lengthCounts, 'LengthCounts', { args, knobs });
      expect(trial.outcome, `${form}: ${trial.output.slice(-3_000)}`).to.deep.equal({
        kind: 'succeeded',
      });
      const conf = trial.evidence.effectiveConf ?? {};
      told.push({
        batches: trial.measured?.counts.batches,
        rows: trial.measured?.inputRows,
        tasks: trial.measured?.stageTasks,
        conf: Object.keys(conf)
          .filter((key) => !/eventLog/.test(key))
          .sort(),
        words: trial.settings
          .filter(({ key }) => !/eventLog/.test(key))
          .map(({ asked, given }) => [asked, given]),
      });
    }
    for (const one of told) expect(one).to.deep.equal(told[0]);
    expect(told[0]).to.deep.include({ batches: 6, rows: records, tasks: [2, 2] });
  });

  it('are ended after the measured window, in order', async () => {
    const args = [...reading.slice(0, 2), '20'];
    const { outcome, measured, output, evidence } = await run(lengthCounts, 'LengthCounts', {
      args,
      window: 4,
    });
    expect(outcome, output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    expect(measured?.inputRows).to.be.lessThan(records);
    expect(measured?.counts.counted).to.be.at.least(10);
    expect(evidence.wallMs).to.be.lessThan(120_000);
    expect(evidence.end).to.deep.equal({ kind: 'ended' });
  });

  it('that set a factor themselves are caught by what their batches ran with', async () => {
    const { why, settings } = await run(lengthCounts, 'LengthCounts', { args: [...reading, '7'] });
    expect(why).to.equal('spark.sql.shuffle.partitions should be 2, but the session ran with 7');
    const told = settings.find(({ key }) => key === 'spark.sql.shuffle.partitions');
    expect(told).to.include({ asked: '2', given: '7' });
  });

  it('run with Spark 3.5.7, too', async () => {
    const toolchain = await realToolchain('3.5.7');
    const own = join(folder, 'old');
    const jar = buildJar(toolchain, 'LengthCounts', { folder: own });
    const there = { ...world, toolchain };
    const { outcome, measured, output } = await run(jar, 'LengthCounts', {
      ...{ args: reading, in: there },
    });
    expect(outcome, output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    expect(measured).to.include({ inputRows: records, shufflePartitions: 2 });
  });

  it('of another Scala are told apart from those that lack a class', async () => {
    const old = await realToolchain('3.5.7');
    const wrong = await run(buildJar(old, 'OldScala', { folder }), 'OldScala');
    expect(wrong.why).to.match(/^wrong-scala: .*scala.*\(the jar was built for another Scala/);
    const library = { folder, without: ['Library'] };
    const needs = buildJar(world.toolchain, 'NeedsLibrary', library);
    const missing = await run(needs, 'NeedsLibrary');
    expect(missing.why).to.match(/^class-missing: .*Library.*\(neither the jar nor Spark/);
    const noMain = await run(needs, 'Nowhere');
    expect(noMain.why).to.match(/^class-missing: .*Nowhere/);
  });

  it('without a streaming query are told so', async () => {
    const trial = await run(buildJar(world.toolchain, 'BatchOnly', { folder }), 'BatchOnly');
    expect(trial.why).to.equal('the job ended without starting a streaming query');
    expect(readFileSync(join(trial.directory, 'stdout.log'), 'utf8')).to.contain('100 numbers');
  });

  it('that read another topic than the one of the trial are stopped, and told so', async () => {
    const other = 'own-jars-other';
    await createTopic({ ...world, signal }, { name: other, partitions: 1 });
    const few = [Buffer.from('one'), Buffer.from('other')];
    await produce({ ...world, signal, topic: other, partitions: 1, records: few });
    const args = ['${kafka.bootstrapServers}', other, '500'];
    const { why, outcome, evidence } = await run(lengthCounts, 'LengthCounts', { args });
    expect(outcome).to.deep.equal({
      kind: 'invalid',
      cause: { kind: 'other-topic', topic: world.topic, read: [other] },
    });
    expect(why).to.match(/^the job read own-jars-other, not .* \$\{kafka\.topic\} in job\.args/);
    expect(evidence.wallMs, 'long before its time limit').to.be.lessThan(120_000);
  });

  it('that read a topic that is not there are told so', async () => {
    const args = ['${kafka.bootstrapServers}', 'nowhere-at-all', '500'];
    const { why } = await run(lengthCounts, 'LengthCounts', { args });
    expect(why).to.match(/^source-failure: .*(topic|partition)/i);
  });
});
