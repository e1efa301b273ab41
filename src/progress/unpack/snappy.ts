import type { ByteReader } from './byte-reader.js';
import { repeat } from './lz4.js';
import { UnpackFault } from './unpack-fault.js';

/** Magic, version and the oldest compatible version. */
const headBytes = 16;
export const snappyMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
/** Spark's default is 32 KiB. */
const mostBytes = 2 ** 25;

/**
 * The chunks of snappy-java's SnappyOutputStream, which Spark writes; not the framing format of Snappy. A header may
 * come again where streams were concatenated.
 */
export async function* unpackSnappy(packed: ByteReader): AsyncGenerator<Buffer> {
  for (;;) {
    const start = packed.at;
    const next = await packed.peek(snappyMagic.length);
    if (next.length === 0) return;
    if (next.equals(snappyMagic)) {
      if ((await packed.take(headBytes)) === undefined) throw new UnpackFault('packed-torn', start);
      continue;
    }
    if (next.length < 8 && snappyMagic.subarray(0, next.length).equals(next)) {
      throw new UnpackFault('packed-torn', start);
    }
    const size = (await packed.take(4))?.readUInt32BE(0);
    if (size !== undefined && size > mostBytes) throw new UnpackFault('packed-damaged', start);
    const chunk = size === undefined ? undefined : await packed.take(size);
    if (chunk === undefined) throw new UnpackFault('packed-torn', start);
    if (chunk.length > 0) yield decodeChunk(chunk, start);
  }
}

/** Decodes one chunk (google/snappy, format_description.txt). Throws UnpackFault. */
function decodeChunk(chunk: Buffer, start: number): Buffer {
  let from = 0;
  let to = 0;
  const byte = () => chunk[from++] ?? damaged(start);
  const number = (bytes: number) => {
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value += byte() * 2 ** (8 * index);
    return value;
  };
  const fullSize = varint(byte);
  if (fullSize > mostBytes) damaged(start);
  const out = Buffer.allocUnsafe(fullSize);
  while (from < chunk.length) {
    const tag = byte();
    const kind = tag & 3;
    if (kind === 0) {
      const length = (tag >> 2 < 60 ? tag >> 2 : number((tag >> 2) - 59)) + 1;
      if (from + length > chunk.length || to + length > fullSize) damaged(start);
      chunk.copy(out, to, from, from + length);
      from += length;
      to += length;
      continue;
    }
    const length = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const distance = kind === 1 ? ((tag >> 5) << 8) | byte() : number(kind === 2 ? 2 : 4);
    if (distance === 0 || distance > to || to + length > fullSize) damaged(start);
    to = repeat(out, { to, distance, length });
  }
  return to === fullSize ? out : damaged(start);
}

/** A little-endian number of seven bits a byte, at most 32 bits. */
function varint(byte: () => number): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const next = byte();
    value += (next & 0x7f) * 2 ** shift;
    if (next < 0x80) return value;
  }
  return Infinity;
}

function damaged(start: number): never {
  throw new UnpackFault('packed-damaged', start);
}
