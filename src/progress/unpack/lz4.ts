import type { ByteReader } from './byte-reader.js';
import { UnpackFault } from './unpack-fault.js';

/** "LZ4Block", method and level, compressed and decompressed length, checksum. */
const headBytes = 21;
const magic = Buffer.from('LZ4Block');
const methodRaw = 0x10;
const methodLz4 = 0x20;

/**
 * The blocks of lz4-java's LZ4BlockOutputStream, which Spark writes; no LZ4 frames. Concatenated streams are one, as
 * Spark reads them: an empty block ends one of them only. Checksums are not compared.
 */
export async function* unpackLz4(packed: ByteReader): AsyncGenerator<Buffer> {
  for (;;) {
    const start = packed.at;
    const head = await packed.take(headBytes);
    if (head === undefined) {
      if ((await packed.peek(1)).length > 0) throw new UnpackFault('packed-torn', start);
      return;
    }
    const token = head.readUInt8(8);
    const size = head.readUInt32LE(9);
    const fullSize = head.readUInt32LE(13);
    const most = 2 ** (10 + (token & 0x0f));
    if (!head.subarray(0, 8).equals(magic) || fullSize > most || size > fullSize) {
      throw new UnpackFault('packed-damaged', start);
    }
    const block = await packed.take(size);
    if (block === undefined) throw new UnpackFault('packed-torn', start);
    const method = token & 0xf0;
    if (fullSize === 0) continue;
    if (method === methodRaw && size === fullSize) yield block;
    else if (method === methodLz4) yield decodeBlock(block, { fullSize, start });
    else throw new UnpackFault('packed-damaged', start);
  }
}

/** Decodes one block (lz4.github.io, "LZ4 Block Format Description"). Throws UnpackFault. */
function decodeBlock(
  block: Buffer,
  { fullSize, start }: { readonly fullSize: number; readonly start: number },
): Buffer {
  const out = Buffer.allocUnsafe(fullSize);
  let from = 0;
  let to = 0;
  const byte = () => block[from++] ?? damaged(start);
  const lengthOf = (short: number) => {
    let length = short;
    for (let more = short === 15 ? byte() : 0; more > 0; more = more === 255 ? byte() : 0) {
      length += more;
    }
    return length;
  };
  while (from < block.length) {
    const token = byte();
    const literals = lengthOf(token >> 4);
    if (from + literals > block.length || to + literals > fullSize) damaged(start);
    block.copy(out, to, from, from + literals);
    from += literals;
    to += literals;
    if (from === block.length) break;
    const distance = byte() | (byte() << 8);
    const length = lengthOf(token & 15) + 4;
    if (distance === 0 || distance > to || to + length > fullSize) damaged(start);
    to = repeat(out, { to, distance, length });
  }
  return to === fullSize ? out : damaged(start);
}

/** Copies what was written `distance` bytes before to the end, byte by byte, as the two may overlap. */
export function repeat(
  out: Buffer,
  {
    to,
    distance,
    length,
  }: { readonly to: number; readonly distance: number; readonly length: number },
): number {
  if (distance >= length) {
    out.copyWithin(to, to - distance, to - distance + length);
    return to + length;
  }
  const end = to + length;
  for (let at = to; at < end; at += 1) out[at] = out[at - distance] ?? 0;
  return end;
}

function damaged(start: number): never {
  throw new UnpackFault('packed-damaged', start);
}
