import type { MessageView } from '../../model/topic-view.js';
import type { KafkaConnection } from '../client.js';
import { consume } from '../consumer.js';
import { messageView } from './message-view.js';

interface Wanted {
  readonly topic: string;
  readonly partition: number;
  /** Of the first one; from the partition's first offset to its end. */
  readonly offset: number;
  readonly limit: number;
}

/** A topic that holds markers only, or a slow broker, must not keep a reader waiting. */
const withinMs = 10_000;

/**
 * Reads a few records of a partition as it is now, without moving the position of any consumer group. Fewer than wanted
 * where the partition ends, or after ten seconds. Throws TOPIC_MISSING, BROKER_UNREACHABLE, and USAGE for a place that
 * the topic does not have.
 */
export async function readMessages(
  connection: KafkaConnection,
  { topic, partition, offset, limit }: Wanted,
): Promise<MessageView[]> {
  const messages: MessageView[] = [];
  await consume({
    ...connection,
    topic,
    fromBeginning: true,
    range: { partition, offset, untilEnd: true, fromBeginning: true },
    maxMessages: limit,
    until: AbortSignal.timeout(withinMs),
    onMessage: (value, place) => {
      messages.push(messageView(value, place));
    },
  });
  return messages;
}
