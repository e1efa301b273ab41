import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { refuseOthers, UnreadableFile, unreadable, type ReadLimits } from './read-regular-file.js';

/** A file of a trial is smaller than this unless something is wrong with it. */
const usual: ReadLimits = { maxBytes: 256 * 2 ** 20 };

/**
 * Reads a regular file at once, for callers with thousands of small ones: a trip through the thread pool takes longer
 * than the reading. Never waits for a FIFO or a device. Throws UnreadableFile.
 */
export function readRegularNow(file: string, limits: ReadLimits = usual): Buffer {
  return withRegular(file, limits, (handle) => readFileSync(handle));
}

/** One for all files: memory that is new has to be cleared by the kernel first, which takes as long as the reading. */
const piece = Buffer.allocUnsafe(2 ** 18);

/** The SHA-256 of a regular file in hexadecimal, without keeping its content; else as `readRegularNow`. */
export function sha256Now(file: string, limits: ReadLimits = usual): string {
  return withRegular(file, limits, (handle) => {
    const hash = createHash('sha256');
    for (let bytes = readSync(handle, piece); bytes > 0; bytes = readSync(handle, piece)) {
      hash.update(piece.subarray(0, bytes));
    }
    return hash.digest('hex');
  });
}

function withRegular<T>(file: string, limits: ReadLimits, read: (handle: number) => T): T {
  let handle: number | undefined;
  try {
    refuseOthers(file, statSync(file), limits); // before opening, which can act on a device
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    refuseOthers(file, fstatSync(handle), limits);
    return read(handle);
  } catch (error) {
    throw error instanceof UnreadableFile ? error : unreadable(file, error);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
