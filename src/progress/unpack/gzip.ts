import { createGunzip } from 'node:zlib';
import type { ByteReader } from './byte-reader.js';
import { UnpackFault } from './unpack-fault.js';

/** A piece expands to 16 MB at most, which is all that is held at a time. */
const pieceBytes = 16_384;

/** A gzip file, of several members if need be. What could be unpacked before a fault is yielded. */
export async function* unpackGzip(packed: ByteReader): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const ready: Buffer[] = [];
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk));
  gunzip.on('error', () => undefined); // `errored` has it, and earlier
  const closed = new Promise<void>((resolve) => gunzip.once('close', resolve));
  const written = async (piece: Buffer) => {
    const done = new Promise<void>((resolve) => {
      gunzip.write(piece, () => {
        resolve();
      });
    });
    await Promise.race([done, closed]);
  };
  const refuseFault = () => {
    if (gunzip.errored !== null) throw faultOf(gunzip.errored, packed.at);
  };
  try {
    for await (const chunk of packed.rest()) {
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        await written(chunk.subarray(at, at + pieceBytes));
        yield* ready.splice(0);
        refuseFault();
      }
    }
    gunzip.end();
    await closed;
    yield* ready.splice(0);
    refuseFault();
  } finally {
    gunzip.destroy();
  }
}

function faultOf(error: NodeJS.ErrnoException, at: number): UnpackFault {
  return new UnpackFault(
    error.code === 'Z_BUF_ERROR' ? 'packed-torn' : 'packed-damaged',
    at,
    error,
  );
}
