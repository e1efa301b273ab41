import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { HarnessError } from '../../model/harness-error.js';

/**
 * Writes a whole file atomically: a reader sees the old or the new content, never part of it. Writes a draft next to
 * it, flushes it to disk (unless the file can be recreated), and renames it. Only its owner may read it unless `mode` says
 * otherwise. Throws DISK_FULL when there is no space.
 */
export async function writeFileSafely(
  file: string,
  content: string,
  { flush = true, mode = 0o600 }: { readonly flush?: boolean; readonly mode?: number } = {},
): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    {
      await using handle = await open(draft, 'wx', mode);
      if (mode !== 0o600) await handle.chmod(mode); // whatever the umask takes away
      await handle.writeFile(content);
      if (flush) await handle.sync();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw diskFull(error, file) ?? error;
  }
}

/** The DISK_FULL error, if that is the cause. */
function diskFull(error: unknown, file: string): HarnessError | undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return undefined;
  return new HarnessError({
    code: 'DISK_FULL',
    message: `No space left while writing ${file}.`,
    hint: 'Free some space, or put the results elsewhere with --results; finished trials are kept.',
    cause: error,
  });
}
