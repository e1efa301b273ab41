import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { fileProblem, type FileProblem } from './file-problem.js';

/** A path that is not a readable regular file. Its message is a clause such as "it is a folder, not a file". */
export class UnreadableFile extends Error {
  readonly problem: FileProblem;
  readonly file: string;

  constructor(file: string, problem: FileProblem, { text, cause }: Why) {
    super(text, cause === undefined ? undefined : { cause });
    this.name = 'UnreadableFile';
    this.file = file;
    this.problem = problem;
  }
}

interface Why {
  readonly text: string;
  readonly cause?: unknown;
}

export interface ReadLimits {
  /** A larger file is refused. */
  readonly maxBytes: number;
}

/** Large enough for every file that people or streamtune write, small enough for the memory. */
const usual: ReadLimits = { maxBytes: 256 * 2 ** 20 };

/** Reads a regular file as UTF-8. Never waits for a FIFO or a device. Throws UnreadableFile. */
export async function readRegularFile(file: string, limits: ReadLimits = usual): Promise<string> {
  return (await readRegularBytes(file, limits)).toString('utf8');
}

/** Reads a regular file. Never waits for a FIFO or a device. Throws UnreadableFile. */
export async function readRegularBytes(file: string, limits: ReadLimits = usual): Promise<Buffer> {
  await using handle = await openRegularFile(file, limits);
  try {
    return await handle.readFile();
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Opens a regular file for reading, for callers that do not want all of it at once. Throws UnreadableFile. */
export async function openRegularFile(
  file: string,
  limits: ReadLimits = { maxBytes: Infinity },
): Promise<FileHandle> {
  try {
    refuseOthers(file, await stat(file), limits); // before opening, which can act on a device
    // Without O_NONBLOCK, opening a FIFO that took the file's place meanwhile would wait for its writer.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      refuseOthers(file, await handle.stat(), limits);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : unreadable(file, error);
  }
}

/** What a file's metadata says of its kind and size. */
interface Kind {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

/** Throws UnreadableFile for what is no regular file, and for one that is too large. */
export function refuseOthers(file: string, kind: Kind, { maxBytes }: ReadLimits): void {
  if (kind.isDirectory()) {
    throw new UnreadableFile(file, 'folder', { text: 'it is a folder, not a file' });
  }
  if (!kind.isFile()) {
    const what = kind.isFIFO() ? 'a named pipe' : kind.isSocket() ? 'a socket' : 'a device';
    throw new UnreadableFile(file, 'special', { text: `it is ${what}, not a file` });
  }
  if (kind.size > maxBytes) {
    const text = `it has ${String(kind.size)} bytes, more than the ${String(maxBytes)} that are read`;
    throw new UnreadableFile(file, 'too-large', { text });
  }
}

/** The error of a file operation as an UnreadableFile. */
export function unreadable(file: string, cause: unknown): UnreadableFile {
  const { problem, text } = fileProblem(cause);
  return new UnreadableFile(file, problem, { text, cause });
}
