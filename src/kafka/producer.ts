import { setImmediate as turn } from 'node:timers/promises';
import { CompressionTypes } from 'kafkajs';
import { interrupted } from '../model/harness-error.js';
import { connectTo, kafkaClient, withBroker, type KafkaConnection } from './client.js';
import { batchProducer } from './records/batch-producer.js';
import { recordBatch, type RecordBatch } from './records/record-batch.js';

interface ProduceOptions extends KafkaConnection {
  readonly topic: string;
  readonly partitions: number;
  readonly records: Iterable<Buffer> | AsyncIterable<Buffer>;
  /** Open loop: the rate does not slow down with the broker. Default: as fast as possible. */
  readonly ratePerSecond?: number;
  /** Called when the first record is due: record i is due i / ratePerSecond seconds later. */
  readonly onStart?: () => void;
  /** Called after each batch with the number of acknowledged records. */
  readonly onProgress?: (records: number) => void;
}

export interface Produced {
  readonly records: number;
  readonly bytes: number;
  readonly elapsedMs: number;
}

/** Of all partitions together: the broker writes one request while the next is built. */
const batchRecords = 2_000;
/** Below the broker's message.max.bytes of 1 MiB, which applies to the records of one partition in a request. */
const partitionBytes = 600_000;
/** What a record usually takes; more is no problem. */
const usualBytes = 512;

/**
 * Sends every record once, round robin over the partitions in order, and returns when all are acknowledged by the
 * leader (acks=1). One request is in flight while the next is built: more could reorder records within a partition. Uses
 * constant memory. On abort, finishes the requests in flight and throws INTERRUPTED.
 */
export async function produce(options: ProduceOptions): Promise<Produced> {
  return await withBroker(options, async () => {
    const producer = batchProducer(kafkaClient(options));
    await connectTo(producer, options);
    const startedAt = performance.now();
    options.onStart?.();
    const total = { records: 0, bytes: 0 };
    const send = async ({ partitions, records, bytes }: Batch) => {
      const now = Math.round(performance.timeOrigin + performance.now());
      const messages = partitions.flatMap((batch, partition) =>
        batch.records() === 0 ? [] : [{ partition, value: batch.finish(now) }],
      );
      const topicMessages = [{ topic: options.topic, messages }];
      await producer.sendBatch({ acks: 1, compression: CompressionTypes.None, topicMessages });
      total.records += records;
      total.bytes += bytes;
      options.onProgress?.(total.records);
    };
    let inFlight: Promise<unknown> = Promise.resolve();
    const failures: unknown[] = [];
    try {
      for await (const batch of batches(options, startedAt)) {
        await inFlight;
        if (failures.length > 0 || options.signal.aborted) break;
        inFlight = send(batch).catch((error: unknown) => {
          failures.push(error);
        });
        await turn(); // or the request would leave only after the next one is built
      }
      await inFlight;
    } finally {
      await producer.disconnect();
    }
    if (failures.length > 0) throw failures[0];
    if (options.signal.aborted) throw interrupted();
    return { ...total, elapsedMs: performance.now() - startedAt };
  });
}

interface Batch {
  readonly partitions: readonly RecordBatch[];
  records: number;
  bytes: number;
}

function emptyBatch(partitions: number, records: number): Batch {
  const expected = Math.ceil(records / partitions) * usualBytes;
  const own = Array.from({ length: partitions }, () => recordBatch(expected));
  return { partitions: own, records: 0, bytes: 0 };
}

/** Groups records into batches; with a rate, each batch is yielded when its last record is due. */
async function* batches(options: ProduceOptions, startedAt: number): AsyncGenerator<Batch> {
  const { partitions, ratePerSecond, signal } = options;
  const size =
    ratePerSecond === undefined
      ? batchRecords
      : Math.max(1, Math.min(batchRecords, ratePerSecond / 20));
  let batch = emptyBatch(partitions, size);
  let index = 0;
  const add = (record: Buffer): boolean => {
    batch.partitions[index % partitions]?.add(record);
    batch.bytes += record.length;
    batch.records += 1;
    index += 1;
    return batch.records >= size || batch.bytes >= partitions * partitionBytes;
  };
  for await (const isFull of fills(options.records, add)) {
    if (!isFull) break;
    if (ratePerSecond !== undefined) await due(startedAt + (1_000 * index) / ratePerSecond, signal);
    if (signal.aborted) return;
    yield batch;
    batch = emptyBatch(partitions, size);
  }
  if (batch.records > 0) yield batch;
}

/** Adds record after record; true for each time that a batch is full, false at the end. */
async function* fills(
  records: ProduceOptions['records'],
  add: (record: Buffer) => boolean,
): AsyncGenerator<boolean> {
  // Waiting for each record of those that are at hand would take longer than encoding it.
  if (Symbol.iterator in records) for (const record of records) if (add(record)) yield true;
  if (Symbol.asyncIterator in records)
    for await (const record of records) if (add(record)) yield true;
  yield false;
}

async function due(at: number, signal: AbortSignal): Promise<void> {
  const ms = at - performance.now();
  if (ms <= 0) return;
  await new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
