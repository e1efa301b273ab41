import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../model/host.js';

/** The folder for everything installed, shared by all clones: STREAMTUNE_CACHE, or the user's cache folder. */
export function cacheFolder(env: Host['env']): string {
  const own = env['STREAMTUNE_CACHE'];
  if (own !== undefined && own !== '') return own;
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && xdg !== '') return join(xdg, 'streamtune');
  const home = env['HOME'] ?? homedir();
  return platform() === 'darwin'
    ? join(home, 'Library', 'Caches', 'streamtune')
    : join(home, '.cache', 'streamtune');
}
