import type { Admin } from 'kafkajs';
import { waitUntil } from '../process/wait-until.js';
import { protocolErrorIn } from './client.js';

/** What a broker answers about a topic that the controller has created and it has not heard of yet. */
const notYet = ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'];
const noLeader = -1;

/**
 * Waits until the broker knows the leader of each partition of a new topic. With KRaft, the controller answers before the
 * brokers have read the change from its log; kafkajs's own `waitForLeaders` fails where one has not. Throws WAIT_TIMEOUT
 * or INTERRUPTED.
 */
export async function awaitLeaders(
  admin: Pick<Admin, 'fetchTopicMetadata'>,
  topic: string,
  signal: AbortSignal,
): Promise<void> {
  await waitUntil({
    what: `the broker knows the leaders of topic ${topic}`,
    check: async () => ((await hasLeaders(admin, topic)) ? true : undefined),
    timeoutMs: 30_000,
    signal,
  });
}

async function hasLeaders(
  admin: Pick<Admin, 'fetchTopicMetadata'>,
  topic: string,
): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics.flatMap((one) => one.partitions);
    return partitions.length > 0 && partitions.every(({ leader }) => leader !== noLeader);
  } catch (error) {
    const { type = '' } = (protocolErrorIn(error) ?? {}) as { type?: string };
    if (notYet.includes(type)) return false;
    throw error;
  }
}
