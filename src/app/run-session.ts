import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { acquireLock } from '../process/lock-file.js';
import { openJournal, type Journal } from '../store/journal.js';

/** A run folder that belongs to this process until it is disposed. */
export interface RunSession extends AsyncDisposable {
  readonly journal: Journal;
}

/** Where the owner of a run folder is named, by pid and start time. */
export function lockFileOf(folder: string): string {
  return join(folder, 'run.lock');
}

/** Takes the folder and opens its journal. Throws RUN_IN_USE while another process has it, and JOURNAL_CORRUPT. */
export async function openSession(folder: string, host: Host): Promise<RunSession> {
  const lock = await acquireLock({
    file: lockFileOf(folder),
    timeoutMs: 500,
    signal: host.signal,
  }).catch((error: unknown) => {
    if (!(error instanceof HarnessError) || error.code !== 'LOCK_TIMEOUT') throw error;
    throw new HarnessError({
      code: 'RUN_IN_USE',
      message: `Another streamtune is running in ${folder}.`,
      hint: `See how far it is with: streamtune status ${folder}`,
      cause: error,
    });
  });
  try {
    const journal = await openJournal(folder, host.now);
    return {
      journal,
      [Symbol.asyncDispose]: async () => {
        await journal[Symbol.asyncDispose]();
        await lock[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}
