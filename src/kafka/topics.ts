import type { Admin } from 'kafkajs';
import { HarnessError } from '../model/harness-error.js';
import { bootstrapServersOf } from '../model/kafka-endpoint.js';
import { waitUntil } from '../process/wait-until.js';
import { awaitLeaders } from './await-leaders.js';
import { connectTo, kafkaClient, withBroker, type KafkaConnection } from './client.js';
import { topicRequest, type NewTopic } from './new-topic.js';

/** A topic with the earliest and latest offset of each partition. */
export interface TopicDescription {
  readonly name: string;
  readonly partitions: readonly {
    readonly partition: number;
    readonly earliest: number;
    readonly latest: number;
  }[];
}

/** Records that a topic holds, by its offsets. */
export function recordsIn({ partitions }: TopicDescription): number {
  return partitions.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0);
}

/** Lists all topics except Kafka's internal ones. Throws BROKER_UNREACHABLE. */
export async function listTopics(connection: KafkaConnection): Promise<string[]> {
  const names = await withAdmin(connection, (admin) => admin.listTopics());
  return names.filter((name) => !isInternal(name)).sort();
}

/** Creates a topic. Throws TOPIC_CONFLICT if it exists. */
export async function createTopic(connection: KafkaConnection, topic: NewTopic): Promise<void> {
  const { name } = topic;
  const created = await withAdmin(connection, async (admin) => {
    const isNew = await admin.createTopics({
      waitForLeaders: false, // `awaitLeaders` does
      topics: [topicRequest(topic)],
    });
    if (isNew) await awaitLeaders(admin, name, connection.signal);
    return isNew;
  });
  if (created) return;
  throw new HarnessError({
    code: 'TOPIC_CONFLICT',
    message: `Topic ${name} already exists at ${bootstrapServersOf(connection.endpoint)}.`,
    hint: `See what it contains: streamtune topic describe ${name}`,
  });
}

/** Throws TOPIC_MISSING if the topic does not exist. */
export async function describeTopic(
  connection: KafkaConnection,
  name: string,
): Promise<TopicDescription> {
  const offsets = await withAdmin(connection, async (admin) => {
    const names = await admin.listTopics();
    return names.includes(name) ? await admin.fetchTopicOffsets(name) : undefined;
  });
  if (offsets === undefined) {
    const user = connection.endpoint.security.sasl?.username;
    throw new HarnessError({
      code: 'TOPIC_MISSING',
      message: `There is no topic ${name} at ${bootstrapServersOf(connection.endpoint)}.`,
      hint:
        user === undefined
          ? `Create it: streamtune topic create ${name} --partitions 4`
          : `Create it, or see to it that the user ${user} may describe and read it: a broker does not show a topic to somebody who has no right to it.`,
    });
  }
  return {
    name,
    partitions: offsets
      .map(({ partition, low, high }) => ({
        partition,
        earliest: Number(low),
        latest: Number(high),
      }))
      .sort((a, b) => a.partition - b.partition),
  };
}

/**
 * Deletes a topic with all its records, and returns once it is gone, with what it was. Throws TOPIC_MISSING, and USAGE
 * for one of Kafka's own.
 */
export async function deleteTopic(
  connection: KafkaConnection,
  name: string,
): Promise<TopicDescription> {
  if (isInternal(name)) {
    throw new HarnessError({
      code: 'USAGE',
      message: `${name} is one of Kafka's own topics, which streamtune does not delete.`,
      hint: 'List the others: streamtune topic list',
    });
  }
  const deleted = await describeTopic(connection, name);
  await withAdmin(connection, async (admin) => {
    await admin.deleteTopics({ topics: [name] });
    await waitUntil({
      what: `topic ${name} is gone`,
      check: async () => ((await admin.listTopics()).includes(name) ? undefined : true),
      timeoutMs: 30_000,
      signal: connection.signal,
    });
  });
  return deleted;
}

/** Whether it is one of Kafka's own. */
export function isInternal(name: string): boolean {
  return name.startsWith('__');
}

/** The next offset that a consumer group will read, by partition; none for a partition that it never read. */
export async function committedOffsets(
  connection: KafkaConnection,
  topic: string,
  groupId: string,
): Promise<ReadonlyMap<number, number>> {
  const [found] = await withAdmin(connection, (admin) =>
    admin.fetchOffsets({ groupId, topics: [topic] }),
  );
  return new Map(
    (found?.partitions ?? [])
      .map(({ partition, offset }) => [partition, Number(offset)] as const)
      .filter(([, offset]) => offset >= 0),
  );
}

/** Creates an empty topic, after deleting an old one of that name. */
export async function recreateTopic(connection: KafkaConnection, topic: NewTopic): Promise<void> {
  await deleteTopics(connection, (name) => name === topic.name);
  await createTopic(connection, topic);
}

/** Deletes every topic whose name matches, with all its records; no match is not an error. */
export async function deleteTopics(
  connection: KafkaConnection,
  isUnwanted: (name: string) => boolean,
): Promise<void> {
  await withAdmin(connection, async (admin) => {
    const topics = (await admin.listTopics()).filter(isUnwanted);
    if (topics.length > 0) await admin.deleteTopics({ topics });
  });
}

/** Connects an admin client for one exchange. Throws BROKER_UNREACHABLE. */
export async function withAdmin<T>(
  connection: KafkaConnection,
  talk: (admin: Admin) => Promise<T>,
): Promise<T> {
  return await withBroker(connection, async () => {
    const admin = kafkaClient(connection).admin();
    await connectTo(admin, connection); // a client that never connected need not disconnect
    try {
      return await talk(admin);
    } finally {
      await admin.disconnect();
    }
  });
}
