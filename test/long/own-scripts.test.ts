import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { checkScript } from '../../src/jobs/script/check-script.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic, describeTopic } from '../../src/kafka/topics.js';
import { overridable } from '../../src/model/experiment.js';
import { realToolchain } from '../helpers/real-broker.js';
import { fixtureScript, runScript, type ScriptWorld } from '../helpers/script-trial.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

const records = 3_000;
const half = { knobs: { 'source.maxOffsetsPerTrigger': 500 } };

describe('scripts in the style of real ones', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  let world: ScriptWorld;
  before(async () => {
    const { endpoint } = await sharedBroker();
    const topic = 'own-scripts';
    world = { toolchain: await realToolchain(), endpoint, topic, records, folder };
    await createTopic({ endpoint, signal }, { name: topic, partitions: 2 });
    const source = generateCalls({ sample: readSample(), records, seed: 4 });
    await produce({ endpoint, signal, topic, partitions: 2, records: source });
  });

  async function measuredScript(name: string, options: Parameters<typeof runScript>[2] = half) {
    const trial = await runScript(world, fixtureScript(`scripts/${name}`), options);
    expect(trial.outcome, trial.output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    const told = new Map(trial.settings.map(({ key, asked, given }) => [key, [asked, given]]));
    return { ...trial, told };
  }

  it('with findspark, another Spark and Python in its environment, and a SparkContext of its own', async () => {
    const { measured, told } = await measuredScript('findspark_word_count.py');
    expect(measured).to.include({ inputRows: records, shufflePartitions: 2 });
    expect(told.get('source.assign')).to.deep.equal(['{"words":[0]}', null]);
    expect(told.get('source.startingOffsets')).to.deep.equal(['latest', 'earliest']);
    expect(told.get('spark.sql.shuffle.partitions')).to.deep.equal(['11', '2']);
  });

  it('with arguments, environment, modules and foreachBatch', async () => {
    const { measured, told, output } = await measuredScript('upserts.py', {
      knobs: { 'job.rate': 500 },
      job: {
        args: ['--rate', '${job.rate}'],
        env: { STAGE: 'test' },
        pyFiles: [fixtureScript('modules/tables.py')],
      },
    });
    expect(measured).to.include({ inputRows: records });
    expect(measured?.counts.batches).to.equal(6);
    expect(told.get('source.maxOffsetsPerTrigger')).to.deep.equal(['500', '500']);
    expect(output).to.contain('6 batches, upserts.py');
  });

  it('with a loop that never ends', async () => {
    // It would sleep for ten minutes, longer than the trial or this test may take.
    const { measured } = await measuredScript('watched_loop.py');
    expect(measured?.inputRows).to.equal(records);
  });

  it('with a loop that never ends, and a trigger of its own that goes on', async () => {
    const override = overridable.filter((one) => one !== 'trigger');
    const { measured } = await measuredScript('watched_loop.py', { ...half, job: { override } });
    expect(measured?.inputRows).to.equal(records);
  });

  it('that reads its part of a topic that was there before, all of it', async () => {
    const startingOffsets = JSON.stringify({ [world.topic]: { 0: 500, 1: 500 } });
    const part = { ...world, records: 2_000, startingOffsets };
    const script = fixtureScript('scripts/crime_statistics.py');
    const { measured, outcome, output } = await runScript(part, script, half);
    expect(outcome, output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    expect(measured?.inputRows).to.equal(2_000);
    expect(measured?.warnings.filter(({ kind }) => kind !== 'few-batches')).to.deep.equal([]);
  });

  it('that joins its topic with itself, until both readings have all records', async () => {
    const { measured } = await measuredScript('two_readings.py');
    expect(measured).to.include({ inputRows: 2 * records, offsetRows: 2 * records });
  });

  it('that stops itself, and ends with an exit code of its own', async () => {
    const { measured, told } = await measuredScript('stops_itself.py');
    expect(measured).to.include({ inputRows: records, shufflePartitions: 2 });
    expect(told.get('spark.sql.shuffle.partitions')).to.deep.equal(['13', '2']);
  });

  it('that writes files in its own folder, which go to that of the trial', async () => {
    const { directory } = await measuredScript('archive.py', { ...half, job: { keep: 'output' } });
    expect(existsSync(fixtureScript('scripts/archive'))).to.equal(false);
    expect(readdirSync(join(directory, 'output', 'query-1'))).to.include('_spark_metadata');
  });

  it('for a cluster with passwords, by Spark Connect, that writes to Kafka', async () => {
    const { outputTopic, directory } = await measuredScript('enrich.py');
    const { endpoint } = world;
    const { partitions } = await describeTopic({ endpoint, signal }, outputTopic);
    expect(partitions.reduce((sum, { latest }) => sum + latest, 0)).to.equal(records);
    expect(readFileSync(join(directory, 'asked.json'), 'utf8')).not.to.contain('PlainLogin');
  });

  it('of several queries measures the one that the experiment names', async () => {
    const script = fixtureScript('scripts/two_queries.py');
    const { outcome, measured, why, evidence } = await runScript(world, script, {
      job: { query: 'by_time' },
      knobs: { 'source.maxOffsetsPerTrigger': 500 },
    });
    expect(outcome, why).to.deep.equal({ kind: 'succeeded' });
    expect(measured?.inputRows, 'of one of the two').to.equal(records);
    const started = evidence.events.filter(({ kind }) => kind === 'started');
    expect(started, 'both are stored').to.have.length(2);
  });

  it('asks for the name where there are several queries', async () => {
    const trial = await runScript(world, fixtureScript('scripts/two_queries.py'), half);
    expect(trial.why).to.contain('(by_city, by_time); name the one to measure in job.query');
  });

  it('says where a script sets a factor that the experiment does not override', async () => {
    const override = overridable.filter((one) => one !== 'conf');
    const script = fixtureScript('scripts/crime_statistics.py');
    const { why } = await runScript(world, script, { job: { override } });
    expect(why).to.match(
      /^spark\.(master|sql\.shuffle\.partitions) should be .*crime_statistics\.py:\d+\).*job\.override/,
    );
  });

  const bad: readonly (readonly [name: string, RegExp])[] = [
    ['batch_only.py', /^the job ended without starting a streaming query$/],
    ['swallows.py', /without starting a streaming query; it caught .*(nowhere|many)/],
    ['query_in_child.py', /another process \(.*python.* -c .*\), which cannot be observed/],
    ['does_not_wait.py', /ended while its query was running, before a batch was done/],
    ['fails_later.py', /^script-error: FileNotFoundError: .*a_file_that_is_not_there\.json/],
  ];
  for (const [name, why] of bad) {
    it(`explains what is wrong with ${name}, and leaves nothing behind`, async () => {
      const script = fixtureScript(`bad/${name}`);
      const before = readdirSync(fixtureScript('bad'));
      const trial = await runScript(world, script);
      expect(trial.why, trial.output.slice(-2_000)).to.match(why);
      expect(readdirSync(fixtureScript('bad'))).to.deep.equal(before);
    });
  }

  it('explains that a topic is not there', async () => {
    const override = overridable.filter((one) => one !== 'source');
    const args = ['${kafka.bootstrapServers}'];
    const script = fixtureScript('bad/own_topic.py');
    const { why } = await runScript(world, script, { job: { override, args } });
    expect(why).to.match(/^source-failure: .*(topic|partition)/i);
  });

  it('explains that it has read another topic than the one of the trial', async () => {
    const { endpoint } = world;
    const other = 'a-topic-of-its-own';
    await createTopic({ endpoint, signal }, { name: other, partitions: 1 });
    const few = [Buffer.from('one'), Buffer.from('other')];
    await produce({ endpoint, signal, topic: other, partitions: 1, records: few });
    const override = overridable.filter((one) => one !== 'source' && one !== 'trigger');
    const args = ['${kafka.bootstrapServers}', other];
    const script = fixtureScript('bad/own_topic.py');
    const { why } = await runScript(world, script, { job: { override, args } });
    expect(why).to.match(
      /^the job read a-topic-of-its-own, not .* \(own-scripts\): .*data: \{ topic/,
    );
  });

  it('are checked before the first trial', async () => {
    const { executable } = world.toolchain.python;
    const check = (name: string) =>
      checkScript({ script: fixtureScript(name), pyFiles: [] }, executable, signal);
    expect((await check('bad/syntax_error.py')).join()).to.match(/syntax_error\.py:3: .*\.$/);
    const missing = await check('bad/missing_module.py');
    expect(missing[0]).to.match(/missing_module\.py:1: the module a_module_that_nobody_has is not/);
    expect(missing[1]).to.match(/py:2: the module pyspark\.streaming\.kafka .*DStream/);
    expect(await check('scripts/findspark_word_count.py')).to.deep.equal([]);
  });
});
