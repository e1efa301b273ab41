import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCalls } from '../../../src/dataset/generate-calls.js';
import { readSample } from '../../../src/dataset/police-call.js';
import { produce } from '../../../src/kafka/producer.js';
import { createTopic } from '../../../src/kafka/topics.js';
import { buildJar } from '../../helpers/jvm-job.js';
import { runOwnJob } from '../../helpers/own-job-trial.js';
import { realArchive, realToolchain } from '../../helpers/real-broker.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const records = 3_000;

describe("somebody's own jar, unchanged", () => {
  const folder = temporaryFolder();

  it('is measured by its event log, and ended once it has read everything', async () => {
    const { signal } = testHost().host;
    const { endpoint } = await sharedBroker();
    const toolchain = await realToolchain();
    const archive = await realArchive(toolchain);
    const topic = 'own-jar';
    await createTopic({ endpoint, signal }, { name: topic, partitions: 2 });
    const source = generateCalls({ sample: readSample(), records, seed: 4 });
    await produce({ endpoint, signal, topic, partitions: 2, records: source });
    const jar = buildJar(toolchain, 'LengthCounts', { folder });
    const { outcome, measured, settings, output, evidence, directory } = await runOwnJob(
      { toolchain, archive, endpoint, topic, records, folder },
      {
        ...{ kind: 'jar', jar, mainClass: 'LengthCounts', env: {} },
        args: ['${kafka.bootstrapServers}', '${kafka.topic}', '${source.maxOffsetsPerTrigger}'],
      },
      { knobs: { 'source.maxOffsetsPerTrigger': 500 } },
    );
    expect(outcome, output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    expect(measured).to.deep.include({ inputRows: records, shufflePartitions: 2 });
    expect(measured?.counts.batches).to.equal(6);
    expect(measured?.stageTasks).to.deep.equal([2, 2]);
    const told = new Map(settings.map(({ key, asked, given }) => [key, [asked, given]]));
    expect(told.get('spark.sql.shuffle.partitions')).to.deep.equal(['2', '2']);
    expect(told.get('source.maxOffsetsPerTrigger')).to.deep.equal(['500', null]);
    expect(evidence.effectiveConf).to.include({ 'spark.app.name': 'length-counts' });
    const kept = readFileSync(join(directory, 'progress.ndjson'), 'utf8').trim().split('\n');
    expect(kept).to.have.length(evidence.events.length);
    expect(existsSync(join(directory, 'scratch'))).to.equal(false);
  });
});
