import type { FileHandle } from 'node:fs/promises';
import { HarnessError } from '../model/harness-error.js';
import { openRegularFile, UnreadableFile } from '../process/files/read-regular-file.js';

/** Opens a data file for reading. Throws DATA_UNREADABLE. */
export async function openDataFile(path: string): Promise<FileHandle> {
  try {
    return await openRegularFile(path);
  } catch (error) {
    throw error instanceof UnreadableFile ? unreadable(path, error.message, error) : error;
  }
}

/** The size of a data file in bytes. Throws DATA_UNREADABLE. */
export async function sizeOfDataFile(path: string): Promise<number> {
  await using handle = await openDataFile(path);
  return (await handle.stat()).size;
}

/** The error for a data file that cannot be read. `why`: a clause. */
export function unreadable(path: string, why: string, cause?: unknown): HarnessError {
  return new HarnessError({
    code: 'DATA_UNREADABLE',
    message: `${path} cannot be read: ${why}.`,
    hint: 'Give the path of a JSON array, or of a file with a record in each line, in data.path or --file.',
    ...(cause === undefined ? {} : { cause }),
  });
}
