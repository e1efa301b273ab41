import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Fills a folder with links to everything on PATH but Java, for processes that must not find one. */
export function pathWithoutJava(folder: string): string {
  mkdirSync(folder);
  const seen = new Set<string>();
  for (const entry of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of programs(entry)) {
      if (seen.has(name) || /^(java|javac|jcmd|jshell|keytool|jps)$/.test(name)) continue;
      seen.add(name);
      symlinkSync(join(entry, name), join(folder, name));
    }
  }
  return folder;
}

function programs(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // PATH may name folders that do not exist
  }
}
