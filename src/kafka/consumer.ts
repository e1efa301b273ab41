import { randomUUID } from 'node:crypto';
import { interrupted } from '../model/harness-error.js';
import { connectTo, kafkaClient, withBroker, type KafkaConnection } from './client.js';
import { describeTopic } from './topics.js';

interface ConsumeOptions extends KafkaConnection {
  readonly topic: string;
  /** Default: a new group, so that no other consumer's position moves. */
  readonly groupId?: string;
  readonly fromBeginning: boolean;
  readonly maxMessages?: number;
  /** Stops it normally when aborted. */
  readonly until?: AbortSignal;
  readonly onMessage: (value: Buffer) => void;
}

interface Consumed {
  readonly records: number;
  readonly bytes: number;
  readonly elapsedMs: number;
}

/**
 * Passes records to `onMessage` until `maxMessages` are reached or `until` is aborted. Throws INTERRUPTED when `signal`
 * is aborted, and TOPIC_MISSING.
 */
export async function consume(options: ConsumeOptions): Promise<Consumed> {
  const { topic, signal, until, maxMessages = Infinity } = options;
  const stopped = until === undefined ? signal : AbortSignal.any([signal, until]);
  await describeTopic(options, topic);
  return await withBroker(options, async () => {
    const groupId = options.groupId ?? `streamtune-${randomUUID()}`;
    const consumer = kafkaClient(options).consumer({ groupId });
    const total = { records: 0, bytes: 0 };
    await connectTo(consumer, options);
    const startedAt = performance.now();
    try {
      await consumer.subscribe({ topic, fromBeginning: options.fromBeginning });
      await new Promise<void>((resolve, reject) => {
        stopped.addEventListener('abort', () => {
          resolve();
        });
        consumer.on(consumer.events.CRASH, ({ payload }) => {
          if (!payload.restart) reject(payload.error);
        });
        void consumer.run({
          eachMessage: ({ message }) => {
            if (total.records < maxMessages && !stopped.aborted) {
              total.records += 1;
              total.bytes += message.value?.length ?? 0;
              options.onMessage(message.value ?? Buffer.alloc(0));
            }
            if (total.records >= maxMessages) resolve();
            return Promise.resolve();
          },
        });
      });
    } finally {
      await consumer.disconnect();
    }
    if (signal.aborted) throw interrupted();
    return { ...total, elapsedMs: performance.now() - startedAt };
  });
}
