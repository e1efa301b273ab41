import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const marker = 'streamtune-complete.json';

/** What was written when the folder became complete; undefined for a missing or half-made one. */
export async function readMarker(folder: string): Promise<string | undefined> {
  return await readFile(join(folder, marker), 'utf8').catch(() => undefined);
}

/** Marks a folder as complete: the last step of its making. */
export async function writeMarker(folder: string, content: string): Promise<void> {
  await writeFile(join(folder, marker), content);
}
