import { expect } from 'chai';
import { join } from 'node:path';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { loadTopic } from '../../../src/execution/load-topic.js';
import { createTopic, withAdmin } from '../../../src/kafka/topics.js';
import { expectError } from '../../helpers/expect-error.js';
import { realBroker } from '../../helpers/real-broker.js';
import { secondBroker } from '../../helpers/second-broker.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('the replicas of a topic that streamtune creates', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  const replicasOf = async ({ endpoint }: Broker, topic: string) =>
    await withAdmin({ endpoint, signal }, async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics.flatMap(({ partitions }) => partitions.map(({ replicas }) => replicas.length));
    });

  it('are one on the embedded broker', async () => {
    const broker = await sharedBroker();
    await createTopic({ endpoint: broker.endpoint, signal }, { name: 'one-each', partitions: 2 });
    expect(await replicasOf(broker, 'one-each')).to.deep.equal([1, 1]);
  });

  it('are as many as a cluster wants that writes to no fewer', async () => {
    const settings = { 'default.replication.factor': '2', 'min.insync.replicas': '2' };
    const secured = { security: { protocol: 'PLAINTEXT' }, settings, users: [] } as const;
    await using broker = await realBroker(folder, { secured });
    const connection = { endpoint: broker.endpoint, signal };
    const topic = { name: 'two-each', partitions: 2 };
    const { message, hint } = await expectError(createTopic(connection, topic), 'BROKER_REFUSED');
    expect(message).to.contain('INVALID_REPLICATION_FACTOR');
    expect(hint).to.contain('default.replication.factor');
    const first = { ...connection, directory: join(folder, 'broker') };
    await using second = await secondBroker(first, join(folder, 'second'));
    expect(second.isRunning()).to.equal(true);
    await createTopic(connection, topic);
    expect(await replicasOf(broker, 'two-each')).to.deep.equal([2, 2]);
    // A reader sees a record once both brokers have it, a while after the first one has acknowledged it.
    const input = { topic: 'loaded', partitions: 2 };
    const data = { kind: 'generated', records: 500, seed: 1 } as const;
    const loaded = { ...connection, input, data, owned: false };
    expect(await loadTopic(loaded)).to.equal(500);
  });
});
