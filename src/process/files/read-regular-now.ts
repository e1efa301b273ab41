import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { refuseOthers, UnreadableFile, unreadable, type ReadLimits } from './read-regular-file.js';

/** A file of a trial is smaller than this unless something is wrong with it. */
const usual: ReadLimits = { maxBytes: 256 * 2 ** 20 };

/**
 * Reads a regular file at once, for callers with thousands of small ones: a trip through the thread pool takes longer
 * than the reading. Never waits for a FIFO or a device. Throws UnreadableFile.
 */
export function readRegularNow(file: string, limits: ReadLimits = usual): Buffer {
  let handle: number | undefined;
  try {
    refuseOthers(file, statSync(file), limits); // before opening, which can act on a device
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    refuseOthers(file, fstatSync(handle), limits);
    return readFileSync(handle);
  } catch (error) {
    throw error instanceof UnreadableFile ? error : unreadable(file, error);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
