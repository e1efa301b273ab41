/** A finished batch of records, and the partition that it goes to. */
export interface PartitionBatch {
  readonly partition: number;
  readonly batch: Buffer;
}

interface ProduceRequest {
  readonly acks: number;
  readonly timeoutMs: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly batches: readonly PartitionBatch[];
  }[];
}

/**
 * The body of a Produce request, version 3, which brokers from 0.11 to 4.x understand:
 * transactional id (none), acks, timeout, and for each topic its partitions, each with one batch.
 */
export function produceRequest({ acks, timeoutMs, topics }: ProduceRequest): Buffer {
  const head = Buffer.alloc(12);
  head.writeInt16BE(-1, 0);
  head.writeInt16BE(acks, 2);
  head.writeInt32BE(timeoutMs, 4);
  head.writeInt32BE(topics.length, 8);
  const parts = topics.flatMap(({ topic, batches }) => [
    text(topic),
    int32(batches.length),
    ...batches.flatMap(({ partition, batch }) => [int32(partition), int32(batch.length), batch]),
  ]);
  return Buffer.concat([head, ...parts]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
