import type { FileHandle } from 'node:fs/promises';
import { fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import { logOrder } from '../log/log-order.js';
import { guardSize } from './size-guard.js';
import { UnpackFault } from './unpack-fault.js';

export const zipMagic = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** An event log in parts has some hundreds at most. */
const mostEntries = 100_000;

interface ZipPart {
  readonly name: string;
  readonly bytes: number;
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * The files in a zip, as Spark's history server hands out event logs, in the order in which they were written. The
 * handle stays open. Throws UnpackFault for one that cannot be read.
 */
export async function* zipParts(handle: FileHandle): AsyncGenerator<ZipPart> {
  const { zip, entries } = await openZip(handle);
  for (const name of logOrder([...entries.keys()])) {
    const entry = entries.get(name);
    if (entry === undefined) continue;
    const { compressedSize: bytes } = entry;
    yield { name, bytes, chunks: guardSize(entryChunks(zip, entry), () => bytes) };
  }
}

async function openZip(handle: FileHandle) {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromFdPromise(handle.fd, { lazyEntries: true, autoClose: false });
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= mostEntries) throw new Error('too many entries');
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    }
    return { zip, entries };
  } catch (error) {
    throw new UnpackFault('packed-damaged', 0, error);
  }
}

async function* entryChunks(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk as Buffer;
  } catch (error) {
    throw new UnpackFault('packed-damaged', entry.relativeOffsetOfLocalHeader, error);
  }
}
