import { expect } from 'chai';
import { createRequire } from 'node:module';
import { crc32c } from '../../../src/kafka/records/crc32c.js';
import { produceRequest } from '../../../src/kafka/records/produce-request.js';
import { recordBatch } from '../../../src/kafka/records/record-batch.js';
import { seededRandom } from '../../../src/model/seeded-random.js';

/** kafkajs reads what it would have written in another way. */
const load = createRequire(import.meta.url);
const Decoder = load('kafkajs/src/protocol/decoder.js') as new (bytes: Buffer) => object;
const decode = load('kafkajs/src/protocol/recordBatch/v0/decoder.js') as (
  decoder: object,
) => Promise<DecodedBatch>;
const theirCrc = load('kafkajs/src/protocol/recordBatch/crc32C/index.js') as (b: Buffer) => number;

interface DecodedBatch {
  readonly firstOffset: string;
  readonly lastOffsetDelta: number;
  readonly producerId: string;
  readonly inTransaction: boolean;
  readonly records: readonly {
    readonly offset: string;
    readonly timestamp: string;
    readonly key: Buffer | null;
    readonly value: Buffer;
    readonly headers: object;
  }[];
}

describe('a record batch', () => {
  const at = Date.UTC(2026, 0, 31, 20);

  async function decoded(values: readonly Buffer[], expectedBytes = 1_000): Promise<DecodedBatch> {
    const batch = recordBatch(expectedBytes);
    for (const value of values) batch.add(value);
    expect(batch.records()).to.equal(values.length);
    const bytes = batch.finish(at);
    expect(bytes).to.have.length(batch.bytes());
    expect(bytes.readInt32BE(8), 'length after this field').to.equal(bytes.length - 12);
    expect([bytes[16], bytes.readInt16BE(21)], 'magic, and no compression').to.deep.equal([2, 0]);
    expect(bytes.readUInt32BE(17)).to.equal(theirCrc(bytes.subarray(21)) >>> 0);
    return await decode(new Decoder(bytes));
  }

  it('gives back its records in order, with their time, without keys and headers', async () => {
    const values = ['{"a":1}', 'grüße', ''].map((text) => Buffer.from(text));
    const batch = await decoded(values);
    expect(batch).to.include({ firstOffset: '0', lastOffsetDelta: 2 });
    expect(batch).to.include({ producerId: '-1', inTransaction: false });
    expect(batch.records.map(({ value }) => value)).to.deep.equal(values);
    expect(batch.records.map(({ offset }) => offset)).to.deep.equal(['0', '1', '2']);
    for (const { key, headers, timestamp } of batch.records) {
      expect({ key, headers, timestamp }).to.deep.equal({
        key: null,
        headers: {},
        timestamp: String(at),
      });
    }
  });

  it('has lengths and offsets of several bytes, and grows with what it is given', async () => {
    const random = seededRandom(7);
    const sizes = [0, 1, 62, 63, 64, 127, 128, 8_190, 8_191, 8_192, 70_000, 1_100_000];
    const values = Array.from({ length: 9_000 }, (_, index) =>
      Buffer.alloc(sizes[index % 1_000] ?? random.below(40), index % 256),
    );
    const batch = await decoded(values, 0);
    expect(batch.records).to.have.length(values.length);
    const wrong = batch.records.findIndex(({ value }, index) => !value.equals(values[index]!));
    expect(wrong).to.equal(-1);
    expect(batch.records.at(-1)?.offset).to.equal('8999');
  });

  it('has the checksum of RFC 3720', () => {
    expect(crc32c(Buffer.from('123456789'))).to.equal(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).to.equal(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).to.equal(0x62a8ab43);
    expect(crc32c(Buffer.from('..123456789').subarray(2))).to.equal(0xe3069283);
  });

  it('is asked for by topic and partition', () => {
    const batch = Buffer.from('batch');
    const topics = [{ topic: 'calls', batches: [{ partition: 3, batch }] }];
    const body = produceRequest({ acks: 1, timeoutMs: 30_000, topics });
    expect(body.toString('hex')).to.equal(
      ['ffff', '0001', '00007530', '00000001', '0005', Buffer.from('calls').toString('hex')]
        .concat(['00000001', '00000003', '00000005', batch.toString('hex')])
        .join(''),
    );
  });
});
