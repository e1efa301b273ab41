import { randomUUID } from 'node:crypto';
import type { Consumer, KafkaMessage } from 'kafkajs';
import { interrupted, messageOf } from '../model/harness-error.js';
import { connectTo, kafkaClient, withBroker, type KafkaConnection } from './client.js';
import { readProgress } from './read-progress.js';
import { topicRange, type PartRange, type RangeRequest } from './topic-range.js';
import { describeTopic, type TopicDescription } from './topics.js';

/** Where a record was, and what came with its value. */
export interface RecordPlace {
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970, by the producer's clock. */
  readonly timestamp: number;
  readonly key: Buffer | null;
}

interface ConsumeOptions extends KafkaConnection {
  readonly topic: string;
  /** Default: a new group, so that no other consumer's position moves. */
  readonly groupId?: string;
  readonly fromBeginning: boolean;
  /** Which part of the topic to read; if absent, all that comes. */
  readonly range?: RangeRequest;
  readonly maxMessages?: number;
  /** Stops it normally when aborted. */
  readonly until?: AbortSignal;
  readonly onMessage: (value: Buffer, place: RecordPlace) => void;
}

interface Consumed {
  readonly records: number;
  readonly bytes: number;
  readonly elapsedMs: number;
}

/**
 * Passes records to `onMessage` until `maxMessages` are reached, the range has been read or `until` is aborted. Throws
 * INTERRUPTED when `signal` is aborted, TOPIC_MISSING, and USAGE for a range that the topic does not have.
 */
export async function consume(options: ConsumeOptions): Promise<Consumed> {
  const { topic, signal, range } = options;
  const described = await describeTopic(options, topic);
  const ranges = range === undefined ? undefined : await topicRange(options, described, range);
  return await withBroker(options, async () => {
    const groupId = options.groupId ?? `streamtune-${randomUUID()}`;
    const consumer = kafkaClient(options).consumer({ groupId });
    const total = { records: 0, bytes: 0 };
    await connectTo(consumer, options);
    const startedAt = performance.now();
    try {
      await consumer.subscribe({ topic, fromBeginning: options.fromBeginning });
      await read(consumer, { options, total, ranges, described });
    } finally {
      await consumer.disconnect();
    }
    if (signal.aborted) throw interrupted();
    return { ...total, elapsedMs: performance.now() - startedAt };
  });
}

interface Reading {
  readonly options: ConsumeOptions;
  readonly total: { records: number; bytes: number };
  readonly ranges: readonly PartRange[] | undefined;
  readonly described: TopicDescription;
}

/** Resolves when enough has been read, or when it is stopped. */
async function read(consumer: Consumer, reading: Reading): Promise<void> {
  const { options, total, ranges } = reading;
  const { maxMessages = Infinity } = options;
  const stopped = stopOf(options);
  const progress = ranges === undefined ? undefined : readProgress(ranges);
  const isDone = () => total.records >= maxMessages || progress?.isDone() === true;
  if (isDone() || stopped.aborted) return;
  const next = keepPosition(consumer, reading);
  await new Promise<void>((resolve, reject) => {
    stopped.addEventListener('abort', () => {
      resolve();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) reject(payload.error);
    });
    consumer.on(consumer.events.FETCH, ({ payload }) => {
      progress?.fetched(payload.duration);
      if (isDone()) resolve();
    });
    void consumer.run({
      eachMessage: ({ partition, message }) => {
        const place = placeOf(partition, message);
        next.set(partition, place.offset + 1);
        const isWanted = progress?.take(place) ?? true;
        if (isWanted && total.records < maxMessages && !stopped.aborted) {
          const value = message.value ?? Buffer.alloc(0);
          total.records += 1;
          total.bytes += value.length;
          try {
            options.onMessage(value, place);
          } catch (error) {
            reject(errorOf(error)); // to kafkajs it would be a record to try again
          }
        }
        if (isDone()) resolve();
        return Promise.resolve();
      },
    });
  });
}

function placeOf(partition: number, { offset, timestamp, key }: KafkaMessage): RecordPlace {
  return { partition, offset: Number(offset), timestamp: Number(timestamp), key };
}

function stopOf({ signal, until }: ConsumeOptions): AbortSignal {
  return until === undefined ? signal : AbortSignal.any([signal, until]);
}

function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(messageOf(thrown));
}

/**
 * Lets a consumer read its range only, whenever it joins its group: a position that is set before is lost if the group then
 * gives out the partitions a second time. The next offset of each partition is to be noted in what it returns.
 */
function keepPosition(consumer: Consumer, reading: Reading): Map<number, number> {
  const next = new Map<number, number>();
  consumer.on(consumer.events.GROUP_JOIN, () => {
    position(consumer, reading, next);
  });
  return next;
}

/** Lets a consumer that has just joined its group read its range only, from the `next` offsets where it has begun to. */
function position(
  consumer: Consumer,
  { options: { topic }, ranges, described }: Reading,
  next: ReadonlyMap<number, number>,
): void {
  if (ranges === undefined) return;
  for (const { partition, start } of ranges) {
    consumer.seek({ topic, partition, offset: String(next.get(partition) ?? start) });
  }
  const read = new Set(ranges.map(({ partition }) => partition));
  const others = described.partitions
    .map(({ partition }) => partition)
    .filter((one) => !read.has(one));
  if (others.length > 0) consumer.pause([{ topic, partitions: others }]);
}
