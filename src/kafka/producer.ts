import { CompressionTypes, type Message } from 'kafkajs';
import { interrupted } from '../model/harness-error.js';
import { connectTo, kafkaClient, withBroker, type KafkaConnection } from './client.js';

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

/** kafkajs copies a partition's list for each record added, so larger batches are slower, not faster. */
const batchRecords = 1_000;
/** Below the broker's message.max.bytes of 1 MiB, which applies to the records of one partition in a request. */
const partitionBytes = 600_000;
/** One request in flight while the next is built: more could reorder records within a partition. */
const requestsInFlight = 1;

/**
 * Sends every record once, round robin over the partitions in order, and returns when all are acknowledged by the
 * leader (acks=1). Uses constant memory. On abort, finishes the requests in flight and throws INTERRUPTED.
 */
export async function produce(options: ProduceOptions): Promise<Produced> {
  return await withBroker(options, async () => {
    const producer = kafkaClient(options).producer({ maxInFlightRequests: requestsInFlight });
    await connectTo(producer, options);
    const startedAt = performance.now();
    options.onStart?.();
    const total = { records: 0, bytes: 0 };
    const inFlight = new Set<Promise<void>>();
    const failures: unknown[] = [];
    const send = (messages: Message[], bytes: number) => {
      const request = producer
        .sendBatch({
          acks: 1,
          compression: CompressionTypes.None,
          topicMessages: [{ topic: options.topic, messages }],
        })
        .then(() => {
          total.records += messages.length;
          total.bytes += bytes;
          options.onProgress?.(total.records);
        })
        .catch((error: unknown) => void failures.push(error))
        .finally(() => inFlight.delete(request));
      inFlight.add(request);
    };
    try {
      for await (const batch of batches(options, startedAt)) {
        while (inFlight.size >= requestsInFlight) await Promise.race(inFlight);
        if (failures.length > 0 || options.signal.aborted) break;
        send(batch.messages, batch.bytes);
      }
      await Promise.all(inFlight);
    } finally {
      await producer.disconnect();
    }
    if (failures.length > 0) throw failures[0];
    if (options.signal.aborted) throw interrupted();
    return { ...total, elapsedMs: performance.now() - startedAt };
  });
}

interface Batch {
  messages: Message[];
  bytes: number;
}

/** Groups records into batches; with a rate, each batch is yielded when its last record is due. */
async function* batches(options: ProduceOptions, startedAt: number): AsyncGenerator<Batch> {
  const { partitions, ratePerSecond, signal } = options;
  const size =
    ratePerSecond === undefined
      ? batchRecords
      : Math.max(1, Math.min(batchRecords, ratePerSecond / 20));
  let batch: Batch = { messages: [], bytes: 0 };
  let index = 0;
  for await (const record of options.records) {
    batch.messages.push({ value: record, partition: index % partitions });
    batch.bytes += record.length;
    index += 1;
    if (batch.messages.length < size && batch.bytes < partitions * partitionBytes) continue;
    if (ratePerSecond !== undefined) await due(startedAt + (1_000 * index) / ratePerSecond, signal);
    if (signal.aborted) return;
    yield batch;
    batch = { messages: [], bytes: 0 };
  }
  if (batch.messages.length > 0) yield batch;
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
