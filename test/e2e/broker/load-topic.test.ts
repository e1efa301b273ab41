import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTopic } from '../../../src/execution/load-topic.js';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { produce } from '../../../src/kafka/producer.js';
import { createTopic, describeTopic, listTopics } from '../../../src/kafka/topics.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { expectError } from '../../helpers/expect-error.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('loadTopic', () => {
  let broker: Broker;
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  const connection = () => ({ endpoint: broker.endpoint, signal });
  const load = (topic: string, records: number, partitions = 2) =>
    loadTopic({
      input: { topic, partitions },
      data: { kind: 'generated', records, seed: 1 },
      owned: topic !== 'mine',
      ...connection(),
    });
  const offsets = async (topic: string) =>
    (await describeTopic(connection(), topic)).partitions.map(({ latest }) => latest);
  const send = (topic: string, records: number) =>
    produce({
      ...connection(),
      topic,
      partitions: 2,
      records: Array.from({ length: records }, () => Buffer.from('{}')),
    });
  before(async () => {
    broker = await sharedBroker();
  });

  it('loads once, and leaves a complete topic alone', async () => {
    expect(await load('streamtune-a-p2', 1_001)).to.equal(1_001);
    expect(await load('streamtune-a-p2', 1_001)).to.equal(1_001);
    expect(await offsets('streamtune-a-p2')).to.deep.equal([501, 500]);
  });

  it('loads a half-loaded topic of its own anew', async () => {
    await createTopic(connection(), { name: 'streamtune-b-p2', partitions: 2 });
    await send('streamtune-b-p2', 10);
    expect(await load('streamtune-b-p2', 500)).to.equal(500);
    expect(await offsets('streamtune-b-p2')).to.deep.equal([250, 250]);
  });

  it('loads again what holds other records than were sent, but never a topic of somebody else', async () => {
    const createdBy = async (topic: string) => {
      const names = await listTopics(connection());
      return names.includes(topic) ? true : undefined;
    };
    const disturbed = async (topic: string, owned: boolean) => {
      const data = { kind: 'generated', records: 60_000, seed: 1 } as const;
      const loading = loadTopic({ input: { topic, partitions: 2 }, data, owned, ...connection() });
      const outcome = loading.catch((error: unknown) => error);
      await waitUntil({
        what: `topic ${topic} exists`,
        check: () => createdBy(topic),
        timeoutMs: 10_000,
        signal,
      });
      await send(topic, 3);
      return await outcome;
    };
    expect(await disturbed('streamtune-twice-p2', true)).to.equal(60_000);
    expect(await offsets('streamtune-twice-p2')).to.deep.equal([30_000, 30_000]);
    expect(await disturbed('not-ours', false)).to.include({ code: 'TOPIC_CONFLICT' });
    expect(await offsets('not-ours')).to.deep.equal([30_002, 30_001]);
  });

  it("never touches another topic's records", async () => {
    await createTopic(connection(), { name: 'mine', partitions: 2 });
    await send('mine', 10);
    const error = await expectError(load('mine', 500), 'TOPIC_CONFLICT');
    expect(error.message).to.contain('mine').and.to.contain('10 records');
    expect(await offsets('mine')).to.deep.equal([5, 5]);
    const shape = await expectError(load('mine', 10, 3), 'TOPIC_CONFLICT');
    expect(shape.message).to.contain('2 partitions, not 3');
  });

  it('loads a file, and names the line of a record that is no JSON', async () => {
    const path = join(folder, 'calls.ndjson');
    const load2 = (topic: string) =>
      loadTopic({
        input: { topic, partitions: 1 },
        data: { kind: 'file', path },
        owned: true,
        ...connection(),
      });
    writeFileSync(path, '{"crime_id":"1"}\n{"crime_id":"2"}\n');
    expect(await load2('streamtune-file-p1')).to.equal(2);
    writeFileSync(path, '{"crime_id":"1"}\nnot json\n');
    const error = await expectError(load2('streamtune-wrong-p1'), 'DATA_INVALID');
    expect(error.message).to.contain(`${path}:2`);
  });
});
