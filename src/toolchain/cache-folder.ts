import { platform, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';

/**
 * The absolute path of the folder for everything installed, shared by all clones: STREAMTUNE_CACHE, or the user's cache
 * folder. Throws CACHE_UNUSABLE for a path that cannot be a cache.
 */
export function cacheFolder({ env, cwd }: Pick<Host, 'env' | 'cwd'>): string {
  const own = env['STREAMTUNE_CACHE'];
  if (own !== undefined && own !== '') return checked(resolve(cwd, own), 'STREAMTUNE_CACHE');
  const xdg = env['XDG_CACHE_HOME'];
  // A relative path there is to be ignored (XDG Base Directory Specification).
  if (xdg !== undefined && isAbsolute(xdg)) {
    return checked(join(xdg, 'streamtune'), 'XDG_CACHE_HOME');
  }
  const folder = platform() === 'darwin' ? join('Library', 'Caches') : '.cache';
  return checked(join(homeFolder(env), folder, 'streamtune'), 'HOME');
}

function homeFolder(env: Host['env']): string {
  const home = env['HOME'];
  if (home !== undefined && isAbsolute(home)) return home;
  try {
    return userInfo().homedir;
  } catch (cause) {
    throw new HarnessError({
      code: 'CACHE_UNUSABLE',
      message: 'This user has no home folder, and so no place for the cache.',
      hint: 'Set STREAMTUNE_CACHE to a folder that you can write.',
      cause,
    });
  }
}

/** Java and Spark separate paths by these characters; no system allows the last one. */
const forbidden = [
  [':', 'a colon, which separates paths for Java'],
  [',', 'a comma, which separates paths for Spark'],
  ['*', 'an asterisk, which Java replaces with jars'],
  ['\n', 'a line break'],
  ['\0', 'a NUL character'],
] as const;

function checked(path: string, variable: string): string {
  const found = forbidden.find(([character]) => path.includes(character));
  if (found === undefined) return path;
  throw new HarnessError({
    code: 'CACHE_UNUSABLE',
    message: `${variable} leads to the cache ${JSON.stringify(path)}, which has ${found[1]}.`,
    hint: 'Set STREAMTUNE_CACHE to a folder without it.',
  });
}
