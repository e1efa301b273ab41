import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { HarnessError } from '../model/harness-error.js';
import type { JournalEvent } from '../model/run/journal-event.js';

/** An event with its number and time. */
export interface JournalEntry {
  /** Counted from 1, without gaps. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: JournalEvent;
}

/** The journal of a run, open for writing by one process at a time. */
export interface Journal extends AsyncDisposable {
  /** The event is on disk when it resolves. */
  readonly append: (event: JournalEvent) => Promise<void>;
}

const version = 1;

/**
 * Opens `journal.ndjson` of a run folder to append after its last whole line; a torn one is cut off. Throws
 * JOURNAL_CORRUPT.
 */
export async function openJournal(folder: string, now: () => number): Promise<Journal> {
  const { entries, wholeBytes } = await readEntries(folder);
  const handle = await open(join(folder, 'journal.ndjson'), 'a', 0o600);
  await handle.truncate(wholeBytes);
  let number = entries.length;
  let last: Promise<void> = Promise.resolve();
  return {
    append: async (event) => {
      number += 1;
      const line = lineOf({ number, at: new Date(now()).toISOString(), event });
      last = last.then(() => write(handle, line));
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
 * has acted on the step that it records. Throws JOURNAL_CORRUPT with the line for any other damage.
 */
export async function readJournal(folder: string): Promise<JournalEntry[]> {
  return (await readEntries(folder)).entries;
}

async function readEntries(
  folder: string,
): Promise<{ readonly entries: JournalEntry[]; readonly wholeBytes: number }> {
  const file = join(folder, 'journal.ndjson');
  const text = await readFile(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const entries: JournalEntry[] = [];
  let wholeBytes = 0;
  for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, wholeBytes)) {
    const entry = parseLine(text.subarray(wholeBytes, end).toString('utf8'), entries.length + 1);
    if (entry === undefined) {
      // Only the last line can be torn.
      if (end === text.length - 1) break;
      throw corrupt(file, entries.length + 1);
    }
    entries.push(entry);
    wholeBytes = end + 1;
  }
  return { entries, wholeBytes };
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

function lineOf(entry: JournalEntry): string {
  const body = JSON.stringify({ v: version, ...entry });
  return `${checksum(body)} ${body}\n`;
}

function parseLine(line: string, number: number): JournalEntry | undefined {
  const [sum, body] = [line.slice(0, 8), line.slice(9)];
  if (line[8] !== ' ' || checksum(body) !== sum) return undefined;
  const entry = JSON.parse(body) as JournalEntry & { readonly v: number };
  return entry.v === version && entry.number === number ? entry : undefined;
}

/** CRC-32 of a line, eight hexadecimal digits; detects torn or corrupt lines, not tampering. */
function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function corrupt(file: string, line: number): HarnessError {
  return new HarnessError({
    code: 'JOURNAL_CORRUPT',
    message: `${file}:${String(line)}: this line is damaged.`,
    hint: 'The file was changed after it was written. The trials are still there: `streamtune report DIR` reads what it can.',
  });
}
