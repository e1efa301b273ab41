import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readRegularFile } from '../../process/files/read-regular-file.js';
import { writeFileSafely } from '../../process/files/write-file-safely.js';
import { damagedFiles, sha256Of } from '../integrity/kept-files.js';
import type { KeptPlace } from './archive-place.js';

/** Whether an archive is stored, and as it was made. */
export type StoredArchive =
  { readonly kind: 'intact' | 'missing' } | { readonly kind: 'damaged'; readonly reason: string };

/**
 * Compares the stored archive with what was made. Java maps it without a look at its size: one that was cut off would
 * crash every driver.
 */
export async function inspectArchive({ folder, file }: KeptPlace): Promise<StoredArchive> {
  const sums = await readRegularFile(sumsFile(file)).catch(() => undefined);
  if (sums === undefined) return { kind: 'missing' };
  const [, sha256 = '', bytes] = sumsLines.exec(sums) ?? [];
  const kept = { path: basename(file), bytes: Number(bytes), sha256 };
  const [damage] = await damagedFiles(folder, [kept], { checksums: true });
  if (damage !== undefined) return { kind: 'damaged', reason: damage.text };
  const [owner, ownerOfFolder] = [await stat(file), await stat(folder)].map(({ uid }) => uid);
  return owner === ownerOfFolder
    ? { kind: 'intact' }
    : { kind: 'damaged', reason: 'it belongs to another user than its folder' };
}

/**
 * Takes a newly made archive into its place, instead of those of its family that nobody can use any more. What was made of
 * another Spark or Java that is still there stays: two of them would otherwise take each other's away.
 */
export async function storeArchive(place: KeptPlace, made: string): Promise<void> {
  const { folder, family, file, homes } = place;
  const sums = `${await sha256Of(made)} ${String((await stat(made)).size)}\n${JSON.stringify(homes)}\n`;
  for (const name of await readdir(folder)) {
    if (name.startsWith(family) && !(await isOfUse(join(folder, name), place)))
      await rm(join(folder, name), { force: true });
  }
  await rename(made, file);
  await writeFileSafely(sumsFile(file), sums, { mode: 0o644 });
}

/** Whether a file belongs to an archive that was made of something else, all of which is there. */
async function isOfUse(file: string, { homes }: KeptPlace): Promise<boolean> {
  const sums = await readRegularFile(sumsFile(file.replace(/\.sha256$/, ''))).catch(() => '');
  const [, , , text] = sumsLines.exec(sums) ?? [];
  if (text === undefined || text === JSON.stringify(homes)) return false;
  const others = parsedHomes(text);
  const found = await Promise.all(others.map((home) => stat(home).catch(() => undefined)));
  return others.length > 0 && found.every((home) => home?.isDirectory() === true);
}

/** Empty for what is no list of folders. */
function parsedHomes(text: string): readonly string[] {
  try {
    const homes: unknown = JSON.parse(text);
    return Array.isArray(homes) && homes.every((home) => typeof home === 'string') ? homes : [];
  } catch {
    return [];
  }
}

/** The checksum and the size of an archive, and in a second line the folders of what it was made of. */
const sumsLines = /^([0-9a-f]{64}) (\d+)\n(?:(\[.*\])\n)?$/;

function sumsFile(file: string): string {
  return `${file}.sha256`;
}
