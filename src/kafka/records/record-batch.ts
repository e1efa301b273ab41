import { crc32c } from './crc32c.js';

/** One batch of records for a partition, as Kafka keeps it. */
export interface RecordBatch {
  /** Adds a record without key or headers. */
  readonly add: (value: Uint8Array) => void;
  readonly records: () => number;
  /** Of the batch as it would be sent. */
  readonly bytes: () => number;
  /** The batch with the time of its records, ms since 1970; nothing can be added after that. */
  readonly finish: (timestamp: number) => Buffer;
}

/*
 * Record batch, magic 2 (kafka.apache.org/documentation, "Record Batch"): big-endian, up to `records`.
 *   0 base offset, 8   8 length, 4   12 leader epoch, 4   16 magic, 1   17 CRC-32C of all that follows, 4
 *   21 attributes, 2   23 last offset delta, 4   27 base and 35 max timestamp, 8 each
 *   43 producer id, 8   51 epoch, 2   53 base sequence, 4   57 number of records, 4   61 records
 */
const headerBytes = 61;
/** Of a record: its length, attributes, timestamp and offset deltas, lengths of key and value, number of headers. */
const mostAround = 5 + 1 + 1 + 5 + 1 + 5 + 1;

/** Starts an empty batch, uncompressed and without a producer id. `expectedBytes`: what it will hold, to grow less often. */
export function recordBatch(expectedBytes: number): RecordBatch {
  let buffer: Buffer = Buffer.allocUnsafe(headerBytes + expectedBytes);
  let at = headerBytes;
  let records = 0;
  const add = (value: Uint8Array) => {
    if (at + value.length + mostAround > buffer.length) buffer = grown(buffer, at, value.length);
    const ofOffset = varintBytes(records);
    const ofLength = varintBytes(value.length);
    // Attributes, timestamp delta, length of no key, and number of headers take a byte each.
    at = writeVarint(buffer, at, 4 + ofOffset + ofLength + value.length);
    buffer[at] = 0; // attributes
    buffer[at + 1] = 0; // timestamp delta
    at = writeVarint(buffer, at + 2, records);
    buffer[at] = 1; // -1: no key
    at = writeVarint(buffer, at + 1, value.length);
    buffer.set(value, at);
    at += value.length;
    buffer[at] = 0; // headers
    at += 1;
    records += 1;
  };
  return {
    add,
    records: () => records,
    bytes: () => at,
    finish: (timestamp) => {
      const batch = buffer.subarray(0, at);
      writeHeader(batch, records, timestamp);
      return batch;
    },
  };
}

function writeHeader(batch: Buffer, records: number, timestamp: number): void {
  batch.writeBigInt64BE(0n, 0);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt32BE(-1, 12);
  batch.writeInt8(2, 16);
  batch.writeInt16BE(0, 21); // no compression, times of creation
  batch.writeInt32BE(records - 1, 23);
  batch.writeBigInt64BE(BigInt(timestamp), 27);
  batch.writeBigInt64BE(BigInt(timestamp), 35);
  batch.writeBigInt64BE(-1n, 43);
  batch.writeInt16BE(-1, 51);
  batch.writeInt32BE(-1, 53);
  batch.writeInt32BE(records, 57);
  batch.writeUInt32BE(crc32c(batch, 21), 17);
}

function grown(buffer: Buffer, used: number, by: number): Buffer {
  const larger = Buffer.allocUnsafe(2 * buffer.length + by + mostAround);
  buffer.copy(larger, 0, 0, used);
  return larger;
}

/** Kafka's varints are zigzag, so a number that is not negative is doubled. Below 2^30. */
function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = 2 * value; rest >= 0x80; rest >>>= 7) bytes += 1;
  return bytes;
}

function writeVarint(buffer: Buffer, start: number, value: number): number {
  let at = start;
  let rest = 2 * value;
  for (; rest >= 0x80; rest >>>= 7) {
    buffer[at] = (rest & 0x7f) | 0x80;
    at += 1;
  }
  buffer[at] = rest;
  return at + 1;
}
