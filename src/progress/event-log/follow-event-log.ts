import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRegularFile, UnreadableFile } from '../../process/files/read-regular-file.js';
import { isRollingPart, logOrder } from '../log/log-order.js';
import { lineSplitter } from '../log/line-splitter.js';
import { readChunks } from '../log/read-chunks.js';
import { unpack } from '../unpack/unpack.js';
import { UnpackFault } from '../unpack/unpack-fault.js';

const lookEveryMs = 250;

/**
 * Yields the complete lines of the event log that a driver writes into a folder, in whatever form: one file or rolling
 * parts, compressed or not. Waits for the log and for its next lines until `done` has settled, and then reads on to its
 * end. A torn end is left out, as of a driver that was killed.
 */
export async function* followEventLog(
  folder: string,
  done: Promise<unknown>,
): AsyncGenerator<string> {
  const writing = { isOver: false };
  const end = () => {
    writing.isOver = true;
  };
  const ended = done.then(end, end);
  const read = new Set<string>();
  const next = async () => (await partsIn(folder)).find(({ key }) => !read.has(key));
  for (;;) {
    const wasOver = writing.isOver;
    const part = await next();
    if (part === undefined) {
      if (wasOver) return;
      await Promise.race([ended, sleep(lookEveryMs)]);
      continue;
    }
    const isLast = async () => !part.isRolling || (await next()) === undefined;
    const opened = await openPart(part.path);
    if (opened === undefined) continue; // it has just got its final name
    read.add(part.key);
    await using handle = opened;
    const { signal } = new AbortController();
    yield* linesOf(
      readChunks(handle, { mayGrow: async () => !writing.isOver && (await isLast()), signal }),
    );
  }
}

interface LogPart {
  readonly path: string;
  /** The same before and after it has been renamed. */
  readonly key: string;
  readonly isRolling: boolean;
}

/** The files of the log as they are now, in order. */
async function partsIn(folder: string): Promise<LogPart[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return logOrder(names)
    .filter((name) => !/(?:^|\/)eventlog_v2_[^/]*$/.test(name))
    .map((name) => ({
      path: join(folder, name),
      key: name.replace(/\.inprogress$/, ''),
      isRolling: isRollingPart(name),
    }));
}

async function openPart(path: string) {
  try {
    return await openRegularFile(path);
  } catch (error) {
    if (error instanceof UnreadableFile && error.problem === 'missing') return undefined;
    throw error;
  }
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const lines: string[] = [];
  const splitter = lineSplitter({
    line: (line, isWhole) => {
      if (isWhole && mayTell(line)) lines.push(line.toString('utf8'));
    },
    tooLong: () => undefined,
  });
  try {
    for await (const chunk of unpack(chunks, () => undefined)) {
      splitter.push(chunk);
      yield* lines.splice(0);
    }
  } catch (error) {
    if (!(error instanceof UnpackFault)) throw error;
  }
}

/** Nearly all lines of an event log are of tasks, blocks and plans: only their first bytes are looked at. */
const toldOf =
  /^\{"Event":"(?:SparkListener(?:EnvironmentUpdate|JobStart)|[\w.]+StreamingQueryListener\$)/;
const longestName = 120;

function mayTell(line: Buffer): boolean {
  return toldOf.test(line.toString('latin1', 0, longestName));
}
