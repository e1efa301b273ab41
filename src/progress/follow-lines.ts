import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const lookEveryMs = 250;
const pieceBytes = 1_048_576;

/**
 * Yields the complete lines of a file that another process appends to, until `done` settles and the file is read to its
 * end. The file need not exist yet. A torn last line is not yielded.
 */
export async function* followLines(path: string, done: Promise<unknown>): AsyncGenerator<string> {
  const ended = done.then(
    () => true,
    () => true,
  );
  let offset = 0;
  let rest = Buffer.alloc(0);
  for (let over = false; ;) {
    const chunk = await readFrom(path, offset);
    offset += chunk.length;
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield rest.subarray(0, end).toString('utf8');
      rest = rest.subarray(end + 1);
    }
    if (over && chunk.length === 0) return;
    if (!over) over = await Promise.race([ended, sleep(lookEveryMs, false)]);
  }
}

async function readFrom(path: string, offset: number): Promise<Buffer> {
  try {
    await using handle = await open(path, 'r');
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(Math.max(0, size - offset), pieceBytes));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
