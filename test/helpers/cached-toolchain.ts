import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../src/toolchain/cache-folder.js';

/** Makes a cache folder of its own that holds what is already installed, and returns its path. */
export function cachedToolchain(folder: string): string {
  const cache = cacheFolder({ env: process.env, cwd: process.cwd() });
  mkdirSync(folder);
  for (const name of readdirSync(cache).filter((one) =>
    /^(spark|connector|kafka)-[^.]*[\d.]*/.test(one),
  )) {
    symlinkSync(join(cache, name), join(folder, name));
  }
  return folder;
}
