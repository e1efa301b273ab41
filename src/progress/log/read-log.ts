import type { FileHandle } from 'node:fs/promises';
import type { LogFile, Packing } from '../../model/log/log-file.js';
import type { LoggedEvent } from '../../model/log/logged-event.js';
import { fileProblem } from '../../process/files/file-problem.js';
import { openRegularFile, UnreadableFile } from '../../process/files/read-regular-file.js';
import { unpack } from '../unpack/unpack.js';
import { UnpackFault } from '../unpack/unpack-fault.js';
import { zipMagic, zipParts } from '../unpack/zip.js';
import { logParts, unreadableLog, type FoundLog } from './find-logs.js';
import { lineScanner } from './line-scanner.js';
import { readChunks, type Growth } from './read-chunks.js';
import { skipTally } from './skip-tally.js';

interface ReadOptions {
  /** Whether to go on as the log grows, until the signal is aborted. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
  /** Told of each file when it has been read. */
  readonly onFile: (file: LogFile) => void;
}

/**
 * Yields what a log says of streaming queries, in its order, and holds only a piece of it at a time. A log that is
 * damaged or cut is read as far as it goes, which `onFile` is told. Throws LOG_UNREADABLE.
 */
export async function* readLog(log: FoundLog, options: ReadOptions): AsyncGenerator<LoggedEvent> {
  const { follow, signal } = options;
  const read = new Set<string>();
  const unread = async () => (await logParts(log)).find((path) => !read.has(path));
  for (let path = await unread(); path !== undefined; path = await unread()) {
    read.add(path);
    if (signal.aborted) return;
    const mayGrow = async () => follow && (!log.isFolder || (await unread()) === undefined);
    try {
      await using handle = await openRegularFile(path);
      yield* readFile({ path, handle, growth: { mayGrow, signal } }, options.onFile);
    } catch (error) {
      if (error instanceof UnreadableFile) throw unreadableLog(path, error.message);
      throw (error as NodeJS.ErrnoException).syscall === undefined
        ? error
        : unreadableLog(path, fileProblem(error).text);
    }
  }
}

interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly growth: Growth;
}

async function* readFile(
  { path, handle, growth }: OpenFile,
  onFile: ReadOptions['onFile'],
): AsyncGenerator<LoggedEvent> {
  const start = Buffer.alloc(zipMagic.length);
  await handle.read(start, 0, start.length, 0);
  if (!start.equals(zipMagic)) {
    yield* readPart({ path, packings: [], chunks: readChunks(handle, growth) }, onFile);
    return;
  }
  const { size } = await handle.stat();
  const packings: Packing[] = ['zip'];
  try {
    for await (const { name, bytes, chunks } of zipParts(handle)) {
      if (growth.signal.aborted) return;
      yield* readPart({ path: `${path}: ${name}`, packings, chunks, bytes }, onFile);
    }
  } catch (error) {
    if (!(error instanceof UnpackFault)) throw error;
    const skipped = [{ reason: error.reason, count: 1, where: '' }];
    onFile({ path, packings, kind: 'binary', bytes: size, lines: 0, batches: 0, skipped });
  }
}

interface Part {
  readonly path: string;
  readonly packings: readonly Packing[];
  readonly chunks: AsyncIterable<Buffer>;
  /** Counted, if it is not given. */
  readonly bytes?: number;
}

async function* readPart(
  { path, packings: outer, chunks, bytes }: Part,
  onFile: ReadOptions['onFile'],
): AsyncGenerator<LoggedEvent> {
  const found: LoggedEvent[] = [];
  const packings = [...outer];
  const scanner = lineScanner((event) => found.push(event));
  const faults = skipTally();
  const raw = counted(chunks);
  try {
    for await (const chunk of unpack(raw.chunks, (packing) => packings.push(packing))) {
      scanner.push(chunk);
      yield* found.splice(0);
    }
  } catch (error) {
    if (!(error instanceof UnpackFault)) throw error;
    faults.add(error.reason, `byte ${error.byte.toLocaleString('en')}`);
  }
  const { skipped, ...scanned } = scanner.end();
  yield* found.splice(0);
  const all = [...skipped, ...faults.all()];
  onFile({ path, packings, ...scanned, bytes: bytes ?? raw.bytes(), skipped: all });
}

function counted(chunks: AsyncIterable<Buffer>) {
  let bytes = 0;
  const counting = async function* () {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  return { chunks: counting(), bytes: () => bytes };
}
