import { join } from 'node:path';
import { openRegularFile, UnreadableFile } from '../../process/files/read-regular-file.js';
import type { Damage } from './part-state.js';

/**
 * Finds jars that are missing, cut off or empty where no sizes were kept: a zip archive ends with a record that says
 * where its directory is (APPNOTE.TXT 4.3.16), and a file that was cut off has lost it.
 */
export async function damagedArchives(folder: string, names: readonly string[]): Promise<Damage[]> {
  const texts = await Promise.all(
    names.map(async (name) => {
      try {
        return (await hasEnd(join(folder, name))) ? undefined : `${name} is cut off`;
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        return error.problem === 'missing' ? `${name} is missing` : `${name}: ${error.message}`;
      }
    }),
  );
  return texts.filter((text) => text !== undefined).map((text) => ({ kind: 'file', text }));
}

const endBytes = 22;
const longestComment = 65_535;

async function hasEnd(file: string): Promise<boolean> {
  await using handle = await openRegularFile(file);
  const { size } = await handle.stat();
  const length = Math.min(size, endBytes + longestComment);
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  for (let at = length - endBytes; at >= 0; at -= 1) {
    if (buffer.readUInt32LE(at) !== 0x06054b50) continue;
    const directoryEnd = buffer.readUInt32LE(at + 12) + buffer.readUInt32LE(at + 16);
    const commentEnd = at + endBytes + buffer.readUInt16LE(at + 20);
    if (commentEnd === length && directoryEnd <= size - length + at) return true;
  }
  return false;
}
