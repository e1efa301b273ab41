import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { JournalEvent } from '../model/run/journal-event.js';
import { readRegularBytes, UnreadableFile } from '../process/files/read-regular-file.js';
import { entryOf, lineOf, type JournalEntry } from './journal-line.js';
import { runDamaged } from './run-damaged.js';

/** The journal of a run, open for writing by one process at a time. */
export interface Journal extends AsyncDisposable {
  /** The event is on disk when it resolves. */
  readonly append: (event: JournalEvent) => Promise<void>;
}

/**
 * Opens `journal.ndjson` of a run folder to append after its last whole line; a torn one is cut off. Throws
 * JOURNAL_CORRUPT, and RUN_DAMAGED if it cannot be read.
 */
export async function openJournal(folder: string, now: () => number): Promise<Journal> {
  const whole = await readWhole(folder);
  const handle = await open(journalFile(folder), 'a', 0o600);
  if (whole.torn) await handle.truncate(whole.bytes);
  let { checksum } = whole;
  let number = whole.entries.length;
  let last: Promise<void> = Promise.resolve();
  return {
    append: async (event) => {
      number += 1;
      const line = lineOf({ number, at: new Date(now()).toISOString(), event }, checksum);
      checksum = line.checksum;
      last = last.then(() => write(handle, line.text));
      await last;
    },
    [Symbol.asyncDispose]: async () => {
      await last.catch(() => undefined);
      await handle.close();
    },
  };
}

/**
 * Reads every whole entry of a run's journal; empty if there is none. A torn last line is skipped, since nobody else
 * has acted on the step that it records. Throws JOURNAL_CORRUPT with the line for any other damage: a line that was
 * changed, removed, added, moved or written twice. Throws RUN_DAMAGED if the file cannot be read at all.
 */
export async function readJournal(folder: string): Promise<JournalEntry[]> {
  return (await readWhole(folder)).entries;
}

/** The JOURNAL_CORRUPT error. `what`: a clause about the line. */
export function journalCorrupt(folder: string, line: number, what: string): HarnessError {
  return new HarnessError({
    code: 'JOURNAL_CORRUPT',
    message: `${journalFile(folder)}:${String(line)}: ${what}.`,
    hint: 'The file was changed after it was written. The trials are still there: `streamtune report DIR` reads what it can.',
  });
}

interface WholeLines {
  readonly entries: JournalEntry[];
  readonly bytes: number;
  /** Whether there is more than the whole lines. */
  readonly torn: boolean;
  /** Of the last whole line. */
  readonly checksum: number;
}

async function readWhole(folder: string): Promise<WholeLines> {
  const content = await readBytes(folder);
  const entries: JournalEntry[] = [];
  let bytes = 0;
  let checksum = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, bytes)) {
    const line = content.subarray(bytes, end);
    const entry = entryOf(line.toString('utf8'), { number: entries.length + 1, checksum });
    if (typeof entry === 'string') {
      // Only the last line can be torn, and what is missing of it was never on disk: the file system has zeros there.
      if (end === content.length - 1 && line.includes(0)) break;
      throw journalCorrupt(folder, entries.length + 1, entry);
    }
    entries.push(entry.entry);
    checksum = entry.checksum;
    bytes = end + 1;
  }
  return { entries, bytes, torn: bytes < content.length, checksum };
}

async function readBytes(folder: string): Promise<Buffer> {
  try {
    return await readRegularBytes(journalFile(folder), { maxBytes: 2 ** 30 });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.problem === 'missing') return Buffer.alloc(0);
    throw runDamaged(journalFile(folder), error.message, error);
  }
}

async function write(handle: FileHandle, line: string): Promise<void> {
  try {
    await handle.appendFile(line);
    await handle.datasync();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw new HarnessError({
      code: 'DISK_FULL',
      message: 'No space left while writing the journal of the run.',
      hint: 'Free some space, then continue with `streamtune resume DIR`; finished trials are kept.',
      cause: error,
    });
  }
}

function journalFile(folder: string): string {
  return join(folder, 'journal.ndjson');
}
