import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { HarnessError, messageOf } from '../../model/harness-error.js';
import type { Host, TextSink } from '../../model/host.js';
import { printable } from '../../model/printable.js';
import { inAscii, lacksUnicode, showsColors, showsLinks } from './terminal-look.js';

/** Standard output or standard error: the part of `process.stdout` that a sink needs. */
interface Stream {
  readonly fd: number;
  readonly columns?: number;
  write(text: string, done?: () => void): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

interface StandardSink extends TextSink {
  /** Waits until everything is written, and returns the OUTPUT_LOST error if something was not. */
  readonly settled: () => Promise<HarnessError | undefined>;
}

/**
 * The sink for data. Lost data is an error: once a write has failed, `write` throws OUTPUT_LOST. A reader that has gone
 * (`streamtune … | head`) is none.
 */
export function dataSink(stream: Stream, env: Host['env']): StandardSink {
  return standardSink(stream, env, (lost) => {
    throw lost;
  });
}

/** The sink for progress. A line that cannot be written is dropped, which never ends a run. */
export function progressSink(stream: Stream, env: Host['env']): StandardSink {
  return standardSink(stream, env, () => undefined);
}

function standardSink(
  stream: Stream,
  env: Host['env'],
  onLost: (lost: HarnessError) => void,
): StandardSink {
  const gone = new AbortController();
  let lost: HarnessError | undefined;
  const note = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') gone.abort();
    else lost ??= outputLost(error);
  };
  stream.on('error', note);
  const toFile = isFile(stream.fd);
  const isTTY = isatty(stream.fd);
  const ascii = isTTY && lacksUnicode(env);
  const writeRaw = (given: string) => {
    if (gone.signal.aborted) return;
    const text = ascii ? inAscii(given) : given;
    if (toFile) writeWhole(stream.fd, text, note);
    else stream.write(text);
    if (lost !== undefined) onLost(lost);
  };
  return {
    write: (text) => {
      writeRaw(printable(text));
    },
    writeRaw,
    isTTY,
    colors: showsColors(env, isTTY),
    links: showsLinks(env, isTTY),
    get columns() {
      return columnsOf(env, stream.columns);
    },
    gone: gone.signal,
    settled: async () => {
      if (!toFile) await new Promise<void>((done) => stream.write('', done));
      return lost;
    },
  };
}

/** A regular file or a device such as /dev/full, to which Node writes synchronously. */
function isFile(fd: number): boolean {
  if (isatty(fd)) return false;
  try {
    const stats = fstatSync(fd);
    return stats.isFile() || stats.isCharacterDevice();
  } catch {
    return false;
  }
}

/** Node's own stream drops the rest of a text, without an error, when the disk takes only its beginning. */
function writeWhole(fd: number, text: string, note: (error: NodeJS.ErrnoException) => void): void {
  const bytes = Buffer.from(text);
  try {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(fd, bytes, written, bytes.length - written);
    }
  } catch (error) {
    note(error as NodeJS.ErrnoException);
  }
}

/** COLUMNS, as in other programs, then the terminal's own width; 80 where neither is known. */
function columnsOf({ COLUMNS }: Host['env'], columns = 0): number {
  const asked = Number(COLUMNS);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return columns > 0 ? columns : 80;
}

function outputLost(error: Error): HarnessError {
  return new HarnessError({
    code: 'OUTPUT_LOST',
    message: `Standard output could not be written in full: ${messageOf(error)}.`,
    hint: 'Free some space, or send it elsewhere. What a run has measured is in its folder: streamtune report DIR prints it again.',
    cause: error,
  });
}
