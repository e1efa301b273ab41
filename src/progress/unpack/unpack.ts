import type { Packing } from '../../model/log/log-file.js';
import { byteReader, type ByteReader } from './byte-reader.js';
import { unpackGzip } from './gzip.js';
import { unpackLz4 } from './lz4.js';
import { guardSize } from './size-guard.js';
import { snappyMagic, unpackSnappy } from './snappy.js';
import { UnpackFault } from './unpack-fault.js';
import { unpackUtf16 } from './utf-16.js';
import { unpackZstd } from './zstd.js';
import { zstdMagic } from './zstd-frame-head.js';

interface Form {
  readonly packing: Packing;
  readonly magic: Buffer;
  readonly unpack: (packed: ByteReader) => AsyncGenerator<Buffer>;
}

const forms: readonly Form[] = [
  { packing: 'zstd', magic: zstdMagic, unpack: unpackZstd },
  { packing: 'lz4', magic: Buffer.from('LZ4Block'), unpack: unpackLz4 },
  { packing: 'snappy', magic: snappyMagic, unpack: unpackSnappy },
  { packing: 'gzip', magic: Buffer.from([0x1f, 0x8b]), unpack: unpackGzip },
  { packing: 'utf-16', magic: Buffer.from([0xff, 0xfe]), unpack: unpackUtf16 },
];

/** bzip2, xz, an LZ4 frame, a zip within something else, and Snappy's framing format. */
const unknownForms = [
  Buffer.from('BZh'),
  Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]),
  Buffer.from([0x04, 0x22, 0x4d, 0x18]),
  Buffer.from([0x50, 0x4b, 0x03, 0x04]),
  Buffer.from([0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61]),
];
const longestMagic = 8;
/** A zipped event log is packed twice. */
const mostLayers = 3;

/**
 * Unpacks bytes as often as their beginnings ask for it; `onPacking` is told each layer, from the outside in. What is
 * not packed passes as it is. Throws UnpackFault, after everything before the fault.
 */
export async function* unpack(
  chunks: AsyncIterable<Buffer>,
  onPacking: (packing: Packing) => void,
): AsyncGenerator<Buffer> {
  let layer = chunks;
  for (let layers = 0; layers <= mostLayers; layers += 1) {
    const packed = byteReader(layer);
    const start = await packed.peek(longestMagic);
    const form = forms.find(({ magic }) => startsWith(start, magic));
    if (form === undefined) {
      if (unknownForms.some((magic) => startsWith(start, magic))) {
        throw new UnpackFault('packed-unknown', 0);
      }
      yield* packed.rest();
      return;
    }
    onPacking(form.packing);
    layer = guardSize(form.unpack(packed), () => packed.at);
  }
  throw new UnpackFault('packed-bomb', 0);
}

function startsWith(bytes: Buffer, magic: Buffer): boolean {
  return bytes.length >= magic.length && bytes.subarray(0, magic.length).equals(magic);
}
