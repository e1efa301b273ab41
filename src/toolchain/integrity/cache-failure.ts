import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HarnessError, messageOf } from '../../model/harness-error.js';

/**
 * Runs work that writes into the cache. An error of the file system about the cache becomes CACHE_UNUSABLE or DISK_FULL;
 * `lacking` says why something had to be written, such as "Spark 4.2.0 is not installed".
 */
export async function inCache<T>(
  cache: string,
  lacking: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await cacheFailure(error, cache, lacking);
  }
}

async function cacheFailure(error: unknown, cache: string, lacking: string): Promise<unknown> {
  const { code, path } = error as NodeJS.ErrnoException;
  if (error instanceof HarnessError || code === undefined || path === undefined) return error;
  if (!path.startsWith(cache) && !cache.startsWith(path)) return error;
  const hint = 'Set STREAMTUNE_CACHE to a folder that you can write, or correct this one.';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new HarnessError({
      code: 'DISK_FULL',
      message: `No space left in the cache ${cache}.`,
      hint: 'Free some space, or put the cache elsewhere with STREAMTUNE_CACHE.',
      cause: error,
    });
  }
  const why = (await fileInTheWay(path)) ?? reasons[code] ?? messageOf(error);
  return new HarnessError({
    code: 'CACHE_UNUSABLE',
    message: `${lacking}, and the cache ${cache} cannot be written: ${why}.`,
    hint,
    cause: error,
  });
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  EROFS: 'its file system is read-only',
  ENAMETOOLONG: 'its path is too long',
  ELOOP: 'its path is a link that leads to itself',
};

/** The file that stands where a folder is needed; undefined if there is none. */
export async function fileInTheWay(path: string): Promise<string | undefined> {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found?.isDirectory() === false) return `${at} is a file, not a folder`;
    if (found !== undefined || at === dirname(at)) return undefined;
  }
}
