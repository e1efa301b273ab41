import { Decompress } from 'fzstd';
import type { ByteReader } from './byte-reader.js';
import { UnpackFault } from './unpack-fault.js';
import { zstdFrameHead, zstdMagic } from './zstd-frame-head.js';

/** The zstd program refuses larger windows, too. */
const mostWindowBytes = 2 ** 27;
/** Windows cost time even where a frame holds nothing. */
const windowsPerByte = 100_000;
const windowsAlways = 2 ** 32;

/**
 * The frames of a zstd stream, one after the other: Spark ends one at each flush of an event log. Each frame has a
 * decoder of its own, is cut here into its blocks, and yields each of them, at most 128 KiB, as soon as it is there, so
 * that a log can be followed. Checksums are not compared.
 */
export async function* unpackZstd(packed: ByteReader): AsyncGenerator<Buffer> {
  for (let windows = 0; ;) {
    const start = packed.at;
    const magic = (await packed.peek(4)).length;
    if (magic === 0) return;
    if (await skipFrame(packed, start)) continue;
    const { head, windowBytes, checksumBytes } = await takeHead(packed, start);
    windows += windowBytes;
    if (windowBytes > mostWindowBytes || windows > windowsAlways + windowsPerByte * start) {
      throw new UnpackFault('packed-bomb', start);
    }
    yield* unpackFrame(packed, { head, checksumBytes, start });
  }
}

/** Skips a frame that is not data, as its magic number says. */
async function skipFrame(packed: ByteReader, start: number): Promise<boolean> {
  const head = await packed.peek(8);
  if (head.length < 8 || (head.readUInt32LE(0) & 0xfffffff0) >>> 0 !== 0x184d2a50) return false;
  await packed.take(8);
  for (let left = head.readUInt32LE(4); left > 0;) {
    const piece = await packed.take(Math.min(left, 2 ** 20));
    if (piece === undefined) throw new UnpackFault('packed-torn', start);
    left -= piece.length;
  }
  return true;
}

async function takeHead(packed: ByteReader, start: number) {
  const beginning = await packed.peek(18);
  const { length } = beginning;
  if (!beginning.subarray(0, 4).equals(zstdMagic.subarray(0, Math.min(4, length)))) {
    throw new UnpackFault('packed-damaged', start);
  }
  const found = zstdFrameHead(beginning);
  const head = found === undefined ? undefined : await packed.take(found.headBytes);
  if (found === undefined || head === undefined) throw new UnpackFault('packed-torn', start);
  return { ...found, head };
}

interface Frame {
  readonly head: Buffer;
  readonly checksumBytes: number;
  readonly start: number;
}

async function* unpackFrame(
  packed: ByteReader,
  { head, checksumBytes, start }: Frame,
): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  const decoder = new Decompress((data) => {
    if (data.length > 0) ready.push(Buffer.from(data.buffer, data.byteOffset, data.length));
  });
  let before: Buffer = head;
  for (let isLast = false; !isLast;) {
    const blockHead = (await packed.take(3))?.readUIntLE(0, 3);
    if (blockHead === undefined) throw new UnpackFault('packed-torn', start);
    isLast = (blockHead & 1) === 1;
    const isRepeated = ((blockHead >> 1) & 3) === 1;
    const size = (isRepeated ? 1 : blockHead >> 3) + (isLast ? checksumBytes : 0);
    const body = await packed.take(size);
    if (body === undefined) throw new UnpackFault('packed-torn', start);
    const block = Buffer.alloc(3);
    block.writeUIntLE(blockHead, 0, 3);
    try {
      decoder.push(Buffer.concat([before, block, body]), isLast);
    } catch (error) {
      throw new UnpackFault('packed-damaged', start, error);
    }
    before = Buffer.alloc(0);
    yield* ready.splice(0);
  }
}
