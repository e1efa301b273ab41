import { crc32 } from 'node:zlib';
import type { JournalEvent } from '../model/run/journal-event.js';
import { storedProblem } from './stored-schema.js';

/** An event with its number and time. */
export interface JournalEntry {
  /** Counted from 1, without gaps. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: JournalEvent;
}

/** Where a line stands: its number, and the checksum of the line before it; 0 for the first. */
interface LinePlace {
  readonly number: number;
  readonly checksum: number;
}

const version = 2;

/** The line of an entry, which continues the checksum of the line before it: `CRC JSON`. */
export function lineOf(
  entry: JournalEntry,
  before: number,
): { readonly text: string; readonly checksum: number } {
  const body = JSON.stringify({ v: version, ...entry });
  const checksum = crc32(body, before);
  return { text: `${hexadecimal(checksum)} ${body}\n`, checksum };
}

/** The entry of a line with its checksum, or a clause that says what is wrong with the line. */
export function entryOf(
  line: string,
  { number, checksum: before }: LinePlace,
): { readonly entry: JournalEntry; readonly checksum: number } | string {
  const [sum, body] = [line.slice(0, 8), line.slice(9)];
  const checksum = crc32(body, before);
  if (line[8] !== ' ' || hexadecimal(checksum) !== sum) {
    return 'this line is damaged, or it does not follow on the one before it';
  }
  const value = parsed(body) as JournalEntry;
  const problem = storedProblem('journalLine', value);
  if (problem !== undefined) return problem;
  if (value.number !== number) return `this line has the number ${String(value.number)}`;
  return { entry: { number, at: value.at, event: value.event }, checksum };
}

/**
 * CRC-32 of this line's JSON and of that of all lines before it, eight hexadecimal digits. It shows damage and lines
 * that are missing, moved or there twice; it does not stop somebody who computes it again.
 */
function hexadecimal(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
