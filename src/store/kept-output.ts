import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { trialsFolder } from './trial-folder.js';

/** The bytes of everything that the trials of a run wrote and kept. */
export async function keptBytes(runFolder: string): Promise<number> {
  const trials = trialsFolder(runFolder);
  const names = await readdir(trials).catch(() => []);
  const sizes = await Promise.all(names.map((name) => sizeOf(join(trials, name, 'output'))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The size of all files below a folder; 0 if there is none. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  let bytes = 0;
  for (const name of entries) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile() === true) bytes += found.size;
  }
  return bytes;
}
