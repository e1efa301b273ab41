import { connectTo, kafkaClient, type KafkaConnection } from '../client.js';

interface Cluster {
  readonly clusterId: string;
  readonly brokers: number;
}

/** Asks once for the cluster at an address; undefined if no broker answers within two seconds. */
export async function clusterAt(connection: KafkaConnection): Promise<Cluster | undefined> {
  const admin = kafkaClient(connection).admin({ retry: { retries: 0 } });
  try {
    await connectTo(admin, connection, 2_000);
  } catch {
    return undefined;
  }
  try {
    const { clusterId, brokers } = await admin.describeCluster();
    return { clusterId, brokers: brokers.length };
  } catch {
    return undefined;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
