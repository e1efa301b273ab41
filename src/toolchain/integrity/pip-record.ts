import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import { readRegularFile, UnreadableFile } from '../../process/files/read-regular-file.js';
import type { KeptFile } from './kept-files.js';
import type { Damage } from './part-state.js';

/** What a venv's requirements bring along and cannot do without. */
const dependencies = ['py4j'];

/**
 * The files of these requirements as pip has recorded them (PEP 376, PEP 627); paths are relative to `site`, the venv's
 * site-packages. Files without a checksum, such as compiled ones, are left out. `files` is empty where pip kept no
 * record, as it did for a source package before it always built a wheel.
 */
export async function recordedFiles(
  site: string,
  requirements: readonly string[],
): Promise<{ readonly files: KeptFile[]; readonly damage: Damage[] }> {
  const names = await readdir(site).catch(() => []);
  const wanted = [
    ...requirements.map((one) => one.replaceAll('-', '_').replace('==', '-')),
    ...dependencies,
  ];
  const records = names.filter(
    (name) =>
      name.endsWith('.dist-info') &&
      wanted.some((one) => name === `${one}.dist-info` || name.startsWith(`${one}-`)),
  );
  const files: KeptFile[] = [];
  const damage: Damage[] = [];
  for (const name of records) {
    const path = join(name, 'RECORD');
    const lines = await recordLines(join(site, path));
    if (lines === undefined) damage.push({ kind: 'file', text: `${path} is damaged` });
    else files.push(...lines);
  }
  return { files, damage };
}

/** The files of one RECORD; undefined if it is not whole. */
async function recordLines(file: string): Promise<KeptFile[] | undefined> {
  const text = await readRegularFile(file).catch((error: unknown) => {
    if (error instanceof UnreadableFile) return '';
    throw error;
  });
  if (!text.endsWith('\n')) return undefined;
  const files: KeptFile[] = [];
  for (const line of text.trimEnd().split(/\r?\n/)) {
    const [, path, sum, bytes] = /^(.+),(?:sha256=([\w-]{43}))?,(\d*)$/.exec(line) ?? [];
    if (path === undefined) return undefined;
    if (sum === undefined || bytes === undefined || bytes === '') continue;
    const sha256 = Buffer.from(sum, 'base64url').toString('hex');
    files.push({ path: unquoted(path), bytes: Number(bytes), sha256 });
  }
  return files.length === 0 ? undefined : files;
}

function unquoted(path: string): string {
  return path.startsWith('"') ? path.slice(1, -1).replaceAll('""', '"') : path;
}
