import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { ProcessIdentity } from '../model/process-identity.js';
import { shellWord } from '../model/shell-word.js';
import { makeFolder } from './files/make-folder.js';
import { readRegularFile, UnreadableFile } from './files/read-regular-file.js';
import { identify, isAlive } from './groups/process-identity.js';
import { waitUntil } from './wait-until.js';

interface LockOptions {
  readonly file: string;
  /** How long to wait for a living holder; a dead one's lock is taken at once. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called once, if another process holds the lock. */
  readonly onWait?: (holder: ProcessIdentity) => void;
}

/** In one go; a lock that changes hands more often, or cannot be removed, is waited for. */
const atMostTries = 3;

/**
 * Acquires a lock that one process can hold at a time; disposing releases it, and so does the death of its owner. The
 * file identifies the owner by pid and start time, so a lock outlives neither its owner nor a reboot. Throws
 * LOCK_TIMEOUT when the wait is too long, and LOCK_UNUSABLE for what is no file.
 */
export async function acquireLock(options: LockOptions): Promise<AsyncDisposable> {
  const { file, timeoutMs, signal, onWait } = options;
  const own = await identify(process.pid);
  if (own === undefined) throw new Error('this process cannot find itself in the process table');
  await makeFolder(dirname(file));
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(own));
  let told = false;
  try {
    await waitUntil({
      what: `the lock ${file} is free`,
      timeoutMs,
      signal,
      check: async () => {
        const holder = await tryLockAgain(draft, file);
        if (holder === 'taken') return true;
        if (!told && holder !== undefined) onWait?.(holder);
        told ||= holder !== undefined;
        return undefined;
      },
    });
  } catch (error) {
    throw lateFor(file, error);
  } finally {
    await rm(draft, { force: true });
  }
  // Also releases it if the process exits without disposing.
  const onExit = () => {
    rmSync(file, { force: true });
  };
  process.once('exit', onExit);
  return {
    [Symbol.asyncDispose]: async () => {
      process.off('exit', onExit);
      await rm(file, { force: true });
    },
  };
}

/** Converts a timeout to LOCK_TIMEOUT; returns any other error as it is. */
function lateFor(file: string, error: unknown): unknown {
  if (!(error instanceof HarnessError) || error.code !== 'WAIT_TIMEOUT') return error;
  return new HarnessError({
    code: 'LOCK_TIMEOUT',
    message: `Another process holds the lock ${file}.`,
    hint: 'Wait for it to finish or stop it, then try again.',
    cause: error,
  });
}

/** The live process that holds a lock; undefined if the lock is free or its owner is gone. */
export async function lockHolder(file: string): Promise<ProcessIdentity | undefined> {
  const text = await readRegularFile(file).catch(() => undefined);
  return text === undefined ? undefined : await livingOwner(text);
}

/** Tries again at once where a dead owner's lock was in the way. */
async function tryLockAgain(draft: string, file: string) {
  for (let tries = 0; tries < atMostTries; tries += 1) {
    const holder = await tryLock(draft, file);
    if (holder !== undefined) return holder;
  }
  return undefined;
}

/** Tries once: returns 'taken', the live holder, or undefined if the lock has just changed hands. */
async function tryLock(
  draft: string,
  file: string,
): Promise<'taken' | ProcessIdentity | undefined> {
  try {
    await link(draft, file); // atomic, and the file has its content from the start
    return 'taken';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const seen = await readLock(file);
  if (seen === undefined) return undefined;
  const holder = await livingOwner(seen);
  if (holder !== undefined) return holder;
  await removeStale(file, seen);
  return undefined;
}

/** The text of a lock file; undefined if it is gone by now. Throws LOCK_UNUSABLE if it is no file. */
async function readLock(file: string): Promise<string | undefined> {
  try {
    return await readRegularFile(file);
  } catch (error) {
    if (!(error instanceof UnreadableFile) || error.problem === 'missing') return undefined;
    throw new HarnessError({
      code: 'LOCK_UNUSABLE',
      message: `${file} is needed as a lock file, but ${error.message}.`,
      hint: `Move it away: mv ${shellWord(file)} ${shellWord(`${file}.old`)}`,
      cause: error,
    });
  }
}

/** Moves a dead owner's file away; puts it back if it turns out to be a new owner's. */
async function removeStale(file: string, seen: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, 'utf8')) !== seen) await link(aside, file);
  } catch {
    // another process was faster; the next try will see it
  } finally {
    await rm(aside, { force: true });
  }
}

async function livingOwner(text: string): Promise<ProcessIdentity | undefined> {
  const owner = parseIdentity(text);
  return owner !== undefined && (await isAlive(owner)) ? owner : undefined;
}

function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, startedAt } = value as Record<string, unknown>;
    return typeof pid === 'number' && typeof startedAt === 'string'
      ? { pid, startedAt }
      : undefined;
  } catch {
    return undefined;
  }
}
