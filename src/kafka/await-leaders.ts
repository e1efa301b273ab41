import type { Admin } from 'kafkajs';
import { waitUntil } from '../process/wait-until.js';
import { protocolErrorIn } from './client.js';

/** What a broker answers about a partition that the controller has created and it does not serve yet. */
const notYet = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
] as const;
const noLeader = -1;

type TopicAdmin = Pick<Admin, 'fetchTopicMetadata' | 'fetchTopicOffsets'>;

/**
 * Waits until every partition of a new topic has a leader that serves it. With KRaft, the controller answers before the
 * brokers have read the change from its log, and a broker names itself as the leader before it serves the partition. A
 * batch sent in between is refused for one partition, and kafkajs sends all of it again: duplicates. Its own
 * `waitForLeaders` fails in the first case and does not see the second. Throws WAIT_TIMEOUT or INTERRUPTED.
 */
export async function awaitLeaders(
  admin: TopicAdmin,
  topic: string,
  signal: AbortSignal,
): Promise<void> {
  await waitUntil({
    what: `the leaders of topic ${topic} serve its partitions`,
    check: async () => ((await isServed(admin, topic)) ? true : undefined),
    timeoutMs: 30_000,
    signal,
  });
}

async function isServed(admin: TopicAdmin, topic: string): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics.flatMap((one) => one.partitions);
    if (partitions.length === 0 || partitions.some(({ leader }) => leader === noLeader))
      return false;
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.length === partitions.length;
  } catch (error) {
    const { type } = (protocolErrorIn(error) ?? {}) as { type?: (typeof notYet)[number] };
    if (type !== undefined && notYet.includes(type)) return false;
    throw error;
  }
}
