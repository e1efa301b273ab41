import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const chunkBytes = 262_144;
const lookEveryMs = 250;

/** Whether more may come to a file that has been read to its end. */
export interface Growth {
  readonly mayGrow: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/**
 * Reads a file chunk by chunk, and waits at its end for more as long as more may come; from its beginning, if it has
 * been emptied. Ends when the signal is aborted.
 */
export async function* readChunks(
  handle: FileHandle,
  { mayGrow, signal }: Growth,
): AsyncGenerator<Buffer> {
  let offset = 0;
  for (let ended = false; !signal.aborted;) {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await handle.read(buffer, 0, chunkBytes, offset);
    offset += bytesRead;
    if (bytesRead > 0) {
      yield buffer.subarray(0, bytesRead);
      continue;
    }
    if (ended) return;
    ended = !(await mayGrow()); // once more after that, for what came in the meantime
    if (ended) continue;
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
    if ((await handle.stat()).size < offset) offset = 0;
  }
}
