import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { acquireLock } from '../process/lock-file.js';
import { openJournal, type Journal } from './journal.js';
import { lockFileOf } from './run-folder.js';
import { unwritable } from './write-run-file.js';

/** A run folder owned by this process until it is disposed. */
export interface OwnedFolder extends AsyncDisposable {
  readonly path: string;
  readonly journal: Journal;
}

/**
 * Locks the folder and opens its journal. Throws RUN_IN_USE while another process holds it, RESULTS_UNWRITABLE and
 * JOURNAL_CORRUPT.
 */
export async function openRunFolder(path: string, host: Host): Promise<OwnedFolder> {
  const lock = await acquireLock({
    file: lockFileOf(path),
    timeoutMs: 500,
    signal: host.signal,
  }).catch((error: unknown) => {
    if (!(error instanceof HarnessError)) throw unwritable(path, error);
    if (error.code !== 'LOCK_TIMEOUT') throw error;
    throw new HarnessError({
      code: 'RUN_IN_USE',
      message: `Another streamtune is running in ${path}.`,
      hint: `See how far it is: streamtune status ${path}`,
      cause: error,
    });
  });
  try {
    const journal = await openJournal(path, host.now);
    return {
      path,
      journal,
      [Symbol.asyncDispose]: async () => {
        await journal[Symbol.asyncDispose]();
        await lock[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error instanceof HarnessError ? error : unwritable(path, error);
  }
}
