import type { TopicView } from '../../model/topic-view.js';
import type { KafkaConnection } from '../client.js';
import { isInternal, withAdmin } from '../topics.js';

/** More are named, but their offsets are asked for one by one. */
const describedTopics = 100;

export interface TopicList {
  readonly topics: readonly TopicView[];
  /** Names of further ones, which are not described. */
  readonly more: readonly string[];
}

/** Every topic but Kafka's own with its partitions and offsets, by name. Throws BROKER_UNREACHABLE. */
export async function describeTopics(connection: KafkaConnection): Promise<TopicList> {
  return await withAdmin(connection, async (admin) => {
    const names = (await admin.listTopics()).filter((name) => !isInternal(name)).sort();
    const topics: TopicView[] = [];
    for (const name of names.slice(0, describedTopics)) {
      // A topic may be deleted meanwhile, as those of an offered load are.
      const offsets = await admin.fetchTopicOffsets(name).catch(() => undefined);
      if (offsets === undefined) continue;
      const partitions = offsets
        .map(({ partition, low, high }) => ({
          ...{ partition, earliest: Number(low), latest: Number(high) },
        }))
        .sort((a, b) => a.partition - b.partition);
      topics.push({ name, partitions });
    }
    return { topics, more: names.slice(describedTopics) };
  });
}

/** The offset of a partition's first record at or after a time (ms since 1970); its end if there is none. */
export async function offsetAt(
  connection: KafkaConnection,
  {
    topic,
    partition,
    at,
  }: { readonly topic: string; readonly partition: number; readonly at: number },
): Promise<number | undefined> {
  const found = await withAdmin(connection, (admin) =>
    admin.fetchTopicOffsetsByTimestamp(topic, at),
  );
  const offset = found.find((one) => one.partition === partition)?.offset;
  return offset === undefined ? undefined : Number(offset);
}
