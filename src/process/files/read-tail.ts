import { open } from 'node:fs/promises';

const tailBytes = 65_536;

/** The last lines of a text file, of its last 64 KB, without empty ones; none if it cannot be read. */
export async function readTail(
  file: string,
  { lines, after = 0 }: { readonly lines: number; readonly after?: number },
): Promise<string[]> {
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    const length = Math.min(Math.max(0, size - after), tailBytes);
    const buffer = Buffer.alloc(length);
    await handle.read(buffer, 0, length, size - length);
    const all = buffer.toString('utf8').split('\n');
    return all.filter((line) => line.trim() !== '').slice(-lines);
  } catch {
    return [];
  }
}
