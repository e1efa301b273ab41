import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile, UnreadableFile } from '../../process/files/read-regular-file.js';

export const markerName = 'streamtune-complete.json';

/**
 * Reads the marker of a complete folder; undefined if the folder is missing or incomplete. Throws UnreadableFile if
 * there is a marker that cannot be read.
 */
export async function readMarker(folder: string): Promise<string | undefined> {
  return await readRegularFile(join(folder, markerName)).catch((error: unknown) => {
    if (error instanceof UnreadableFile && error.problem === 'missing') return undefined;
    throw error;
  });
}

/** Marks a folder as complete: the last step of creating it. */
export async function writeMarker(folder: string, content: string): Promise<void> {
  const file = join(folder, markerName);
  await rm(file, { recursive: true, force: true }); // it may have been damaged into something else
  await writeFile(file, content);
}
