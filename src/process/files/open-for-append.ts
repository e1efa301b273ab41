import { constants, openSync } from 'node:fs';

/**
 * Opens a file for appending, created if missing, and returns its descriptor. Never waits for the reader of a pipe:
 * throws if nobody reads it.
 */
export function openForAppend(file: string): number {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
  try {
    return openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    throw new Error('nobody reads this pipe', { cause: error });
  }
}
