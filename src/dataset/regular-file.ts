import { stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { HarnessError, messageOf } from '../model/harness-error.js';

/**
 * The size of a data file in bytes. Throws DATA_UNREADABLE if it is not there, or if it is no file: a folder cannot be
 * read, and opening a pipe or a device could wait for ever.
 */
export async function sizeOfFile(path: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, messageOf(cause), cause);
  });
  if (!found.isFile()) throw unreadable(path, `it is ${kindOf(found)}, not a file`);
  return found.size;
}

/** The error for a data file that cannot be read. */
export function unreadable(path: string, why: string, cause?: unknown): HarnessError {
  return new HarnessError({
    code: 'DATA_UNREADABLE',
    message: `${path} cannot be read: ${why}.`,
    hint: 'Give the path of a JSON array or NDJSON file of police calls, in data.path or --file.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a folder (EISDIR)';
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}
