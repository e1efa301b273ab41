import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const marker = 'streamtune-complete.json';

/** Reads the marker of a complete folder; undefined if the folder is missing or incomplete. */
export async function readMarker(folder: string): Promise<string | undefined> {
  return await readFile(join(folder, marker), 'utf8').catch(() => undefined);
}

/** Marks a folder as complete: the last step of creating it. */
export async function writeMarker(folder: string, content: string): Promise<void> {
  await writeFile(join(folder, marker), content);
}
