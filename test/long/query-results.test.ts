import { expect } from 'chai';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic } from '../../src/kafka/topics.js';
import type { QueryResult } from '../../src/model/trial/query-result.js';
import { realToolchain } from '../helpers/real-broker.js';
import { fixtureScript, runScript, type ScriptWorld } from '../helpers/script-trial.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

const records = 3_000;
const readBack = ['files', 'records', 'updates', 'letters', 'shown'];

describe('what the queries of a trial wrote', () => {
  const folder = temporaryFolder();
  let world: ScriptWorld;
  before(async () => {
    const { endpoint } = await sharedBroker();
    const { signal } = testHost().host;
    const topic = 'query-results';
    world = { toolchain: await realToolchain(), endpoint, topic, records, folder };
    await createTopic({ endpoint, signal }, { name: topic, partitions: 2 });
    const source = generateCalls({ sample: readSample(), records, seed: 4 });
    await produce({ endpoint, signal, topic, partitions: 2, records: source });
  });

  async function resultsWith(knobs: Record<string, string | number>, env = {}) {
    const script = fixtureScript('scripts/many_sinks.py');
    const job = { query: 'files', env };
    const trial = await runScript(world, script, { knobs, job });
    expect(trial.outcome, trial.output.slice(-3_000)).to.deep.equal({ kind: 'succeeded' });
    return new Map((trial.evidence.results ?? []).map((one) => [one.query, one]));
  }
  const stateOf = (result?: QueryResult) => [result?.state?.rows, result?.state?.digest];

  it('is the same with other batches and partitions, in each sink that can be read back', async () => {
    const one = await resultsWith({ 'source.maxOffsetsPerTrigger': 500 });
    const other = await resultsWith({
      'source.maxOffsetsPerTrigger': 1_100,
      'spark.sql.shuffle.partitions': 3,
      'spark.sql.session.timeZone': 'UTC',
    });
    for (const name of readBack) {
      const result = one.get(name);
      expect(result?.unread, JSON.stringify(result?.unread)).to.equal(undefined);
      expect(result?.inputRows).to.equal(records);
      expect(result?.state?.rows).to.be.greaterThan(3);
      expect(stateOf(other.get(name)), name).to.deep.equal(stateOf(result));
    }
    expect(one.get('each')?.unread).to.deep.equal({ kind: 'sink' });
    expect(one.get('few')?.unread, 'what is left out depends on the batch').to.deep.equal({
      kind: 'keys',
    });
    expect(one.get('updates')?.state?.sample[0]?.key).to.match(/^\{"window":\{"start":.*"what":/);
  });

  it('differs where a knob changes the rows', async () => {
    const one = await resultsWith({ 'source.maxOffsetsPerTrigger': 1_000 }, { ZONE: 'here' });
    const other = await resultsWith(
      { 'source.maxOffsetsPerTrigger': 1_000, 'spark.sql.session.timeZone': 'Asia/Tokyo' },
      { ZONE: 'here' },
    );
    for (const name of ['files', 'records', 'updates']) {
      expect(stateOf(other.get(name)), name).not.to.deep.equal(stateOf(one.get(name)));
    }
    expect(stateOf(other.get('letters'))).to.deep.equal(stateOf(one.get('letters')));
  });
});
