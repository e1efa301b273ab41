import { constants } from 'node:fs';
import { access, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HarnessError, messageOf } from '../../model/harness-error.js';
import { writeFileSafely } from '../files/write-file-safely.js';

/** Checks, before a night of work, that a file can be written at its end. Throws RESULTS_UNWRITABLE. */
export async function checkExport(file: string, option: string): Promise<void> {
  try {
    const found = await statOf(file);
    if (found?.isDirectory() === true) throw new Error('it is a folder');
    await access(found === undefined || found.isFile() ? dirname(file) : file, constants.W_OK);
  } catch (error) {
    throw new HarnessError({
      code: 'RESULTS_UNWRITABLE',
      message: `${option} ${file} cannot be written: ${messageOf(error)}.`,
      hint: `Choose a file in a folder that exists and can be written.`,
      cause: error,
    });
  }
}

/** Writes a file whole or not at all; a device or a pipe is written as it is. Throws OUTPUT_LOST. */
export async function writeExport(file: string, content: string): Promise<void> {
  try {
    const found = await statOf(file);
    if (found === undefined) await writeFileSafely(file, content, { mode: 0o666 });
    else if (found.isFile()) {
      await writeFileSafely(await realpath(file), content, { mode: found.mode & 0o777 });
    } else await writeFile(file, content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return;
    throw new HarnessError({
      code: 'OUTPUT_LOST',
      message: `${file} could not be written: ${messageOf(error)}`,
      hint: 'The run itself is not affected: streamtune report DIR writes the file again, with the same option.',
      cause: error,
    });
  }
}

/** What is there; undefined if nothing is. */
async function statOf(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
