import { connectTo, kafkaClient, withBroker, type KafkaConnection } from '../client.js';
import { createCluster, type OwnBroker } from '../own-cluster.js';

/** Connects to any broker for one exchange that no client of kafkajs has. Throws what `withBroker` throws. */
export async function withOwnBroker<T>(
  connection: KafkaConnection,
  talk: (broker: OwnBroker) => Promise<T>,
): Promise<T> {
  return await withBroker(connection, async () => {
    const cluster = createCluster(kafkaClient(connection));
    await connectTo(cluster, connection);
    try {
      return await talk(await cluster.brokerPool.findConnectedBroker());
    } finally {
      await cluster.disconnect();
    }
  });
}
