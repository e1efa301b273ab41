import type { ITopicConfig } from 'kafkajs';

/** A topic to create. */
export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
}

/**
 * Leaves it to the broker's `default.replication.factor` (KIP-464, since Kafka 2.4): with fewer replicas than its
 * `min.insync.replicas`, a topic takes no record. Kafka looks at the value alone, not at the version of the request.
 */
const replicasOfCluster = -1;

/** The request for a topic, which gets as many replicas as the cluster gives by itself. */
export function topicRequest({ name, partitions }: NewTopic): ITopicConfig {
  return { topic: name, numPartitions: partitions, replicationFactor: replicasOfCluster };
}
