import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openRegularFile } from '../../process/files/read-regular-file.js';
import type { Damage, InspectOptions } from './part-state.js';

/** A file as it was when it was installed. */
export interface KeptFile {
  /** Relative to the folder of the part. */
  readonly path: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Compares files with what was installed; empty if they are intact. Never waits for a pipe or a device. */
export async function damagedFiles(
  folder: string,
  files: readonly KeptFile[],
  { checksums }: InspectOptions,
): Promise<Damage[]> {
  const bySize = await Promise.all(files.map((file) => wrongSize(folder, file)));
  const damage = bySize.filter((text) => text !== undefined);
  if (checksums) {
    for (const [at, file] of files.entries()) {
      if (bySize[at] !== undefined) continue;
      const sum = await sha256Of(join(folder, file.path)).catch(() => undefined);
      if (sum === undefined) damage.push(`${file.path} cannot be read`);
      else if (sum !== file.sha256) damage.push(`${file.path} does not match its checksum`);
    }
  }
  return damage.map((text) => ({ kind: 'file', text }));
}

async function wrongSize(folder: string, { path, bytes }: KeptFile): Promise<string | undefined> {
  const found = await stat(join(folder, path)).catch(() => undefined);
  if (found === undefined) return `${path} is missing`;
  if (!found.isFile()) return `${path} is ${found.isDirectory() ? 'a folder' : 'not a file'}`;
  if (found.size === bytes) return undefined;
  return `${path} has ${String(found.size)} of ${String(bytes)} bytes`;
}

/** The SHA-256 of a file, as hexadecimal digits. Throws UnreadableFile. */
export async function sha256Of(file: string): Promise<string> {
  await using handle = await openRegularFile(file);
  const hash = createHash('sha256');
  await pipeline(handle.createReadStream({ autoClose: false }), hash);
  return hash.digest('hex');
}
