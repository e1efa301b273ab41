import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { generateCalls } from '../../../src/dataset/generate-calls.js';
import { readSample } from '../../../src/dataset/police-call.js';
import { produce } from '../../../src/kafka/producer.js';
import { createTopic } from '../../../src/kafka/topics.js';
import { keptParts, type EndedTrial } from '../../../src/model/trial/ended-trial.js';
import { cautionText } from '../../../src/report/words/verdict-text.js';
import { realArchive, realToolchain } from '../../helpers/real-broker.js';
import { runRecord } from '../../helpers/run-record.js';
import { fixtureScript, runScript, type ScriptWorld } from '../../helpers/script-trial.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const records = 3_000;

describe("somebody's own script, unchanged", () => {
  const folder = temporaryFolder();
  let world: ScriptWorld;
  before(async () => {
    const { endpoint } = await sharedBroker();
    const { signal } = testHost().host;
    const topic = 'own-script';
    const toolchain = await realToolchain();
    const archive = await realArchive(toolchain);
    world = { toolchain, archive, endpoint, topic, records, folder };
    await createTopic({ endpoint, signal }, { name: topic, partitions: 2 });
    const source = generateCalls({ sample: readSample(), records, seed: 4 });
    await produce({ endpoint, signal, topic, partitions: 2, records: source });
  });

  it('is measured with the values of the trial, which it had hard-coded otherwise', async () => {
    const script = fixtureScript('scripts/crime_statistics.py');
    const before = readdirSync(fixtureScript('scripts'));
    const { outcome, measured, settings, output } = await runScript(world, script, {
      knobs: { 'source.maxOffsetsPerTrigger': 500, 'job.sink': 'noop' },
    });
    expect(outcome, output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    expect(measured).to.deep.include({ inputRows: records, shufflePartitions: 2 });
    expect(measured?.counts.batches, 'of 500 each, and one for the watermark').to.be.within(6, 7);
    const told = new Map(settings.map(({ key, asked, given }) => [key, [asked, given]]));
    expect(told.get('source.maxOffsetsPerTrigger')).to.deep.equal(['200', '500']);
    expect(told.get('source.subscribe')).to.deep.equal(['org.sf.police.calls', world.topic]);
    expect(told.get('spark.master')).to.deep.equal(['local[*]', 'local[2]']);
    expect(told.get('spark.sql.shuffle.partitions')).to.deep.equal(['7', '2']);
    expect(told.get('spark.ui.port')).to.deep.equal(['3000', '3000']);
    expect(told.get('trigger.processingTime')).to.deep.equal(['30 seconds', null]);
    expect(told.get('trigger.availableNow')).to.deep.equal([null, 'True']);
    expect(told.get('job.sink')).to.deep.equal(['console', 'noop']);
    const [ofMaster] = settings.filter(({ key }) => key === 'source.maxOffsetsPerTrigger');
    expect(ofMaster?.where).to.match(/^crime_statistics\.py:\d+$/);
    expect(readdirSync(fixtureScript('scripts'))).to.deep.equal(before);
  });

  it('is no tuning where a knob changes what comes out: the rows are named', async () => {
    const made = runRecord(
      `version: 1
name: own-zone
factors: { spark.sql.session.timeZone: [UTC, Asia/Tokyo] }
design: { blocks: 1 }
`,
      ({ configuration: { role } }) => (role === 'baseline-repeat' ? undefined : 1_000),
    );
    const trials: EndedTrial[] = [];
    for (const one of made.trials) {
      const { knobs } = one.trial.configuration;
      const { evidence, output } = await runScript(world, fixtureScript('scripts/by_hour.py'), {
        knobs: { ...knobs, 'source.maxOffsetsPerTrigger': 1_000 },
      });
      expect(evidence.results?.[0]?.state?.rows, output.slice(-3_000)).to.equal(24);
      trials.push({ ...one, ...keptParts(evidence) });
    }
    const row = analyseRun({ ...made, trials }).rows.at(-1);
    expect(row?.throughput?.kind).to.equal('ineligible');
    expect(row?.throughput?.cautions.map(cautionText).join()).to.match(
      /^its result differs .* 24 rows: for example \{"hour":"\d+"\} is \{"count":"\d+"\}, with the baseline \{/,
    );
  });

  it("runs Spark's own example for Kafka", async () => {
    const { home } = world.toolchain.spark;
    const example = 'examples/src/main/python/sql/streaming/structured_kafka_wordcount.py';
    const { outcome, measured, output } = await runScript(world, join(home, example), {
      job: { args: ['${kafka.bootstrapServers}', 'subscribe', '${kafka.topic}'] },
      knobs: { 'source.maxOffsetsPerTrigger': 1_000 },
    });
    expect(outcome, output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    expect(measured?.inputRows).to.equal(records);
    expect(output).to.contain('Batch: 2');
  });
});
