import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A file of a run that may be looked at, or a folder of them. */
export type Found =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly files: readonly { name: string; bytes: number }[] };

/** What a run writes for people and programs, by the ends of the names. */
const readable: ReadonlySet<string> = new Set(
  ['conf', 'csv', 'json', 'log', 'md', 'ndjson', 'py', 'sh', 'txt', 'yaml'].map((one) => `.${one}`),
);

/** The broker's data, and what only the program itself needs. */
const withheld: ReadonlySet<string> = new Set(['work', 'run.lock', 'page.log']);

/** A name that a run gives: no hidden file, no way up, no escape. */
const plainName = /^[A-Za-z0-9_+-][A-Za-z0-9._+-]*$/;

/**
 * Finds what a path of an address stands for in a run's folder; undefined for everything that may not be read: names that
 * no run gives, links that lead out of the folder, pipes and devices. `path` is as it was sent, without its first slash.
 */
export async function findRunFile(folder: string, path: string): Promise<Found | undefined> {
  const names = namesIn(path);
  if (names === undefined || withheld.has(names[0] ?? '')) return undefined;
  const [root, place] = await Promise.all(
    [folder, join(folder, ...names)].map((one) => realpath(one).catch(() => undefined)),
  );
  if (root === undefined || place?.startsWith(root + sep) !== true) return undefined;
  // A link within the folder must not lead to what is withheld.
  if (withheld.has(place.slice(root.length + 1).split(sep)[0] ?? '')) return undefined;
  const kind = await stat(place).catch(() => undefined);
  if (path.endsWith('/')) {
    return kind?.isDirectory() === true
      ? { kind: 'folder', files: await filesIn(place) }
      : undefined;
  }
  const isReadable = kind?.isFile() === true && readable.has(extname(place));
  return isReadable ? { kind: 'file', path: place } : undefined;
}

/** The names on the way, decoded once; undefined if one of them cannot be one. */
function namesIn(path: string): string[] | undefined {
  try {
    const names = decodeURIComponent(path).replace(/\/$/, '').split('/');
    return names.every((name) => plainName.test(name)) ? names : undefined;
  } catch {
    return undefined;
  }
}

async function filesIn(folder: string): Promise<{ name: string; bytes: number }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((one) => one.isFile() && plainName.test(one.name) && readable.has(extname(one.name)))
    .map(({ name }) => name)
    .sort();
  return await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined);
      return { name, bytes: found?.size ?? 0 };
    }),
  );
}
