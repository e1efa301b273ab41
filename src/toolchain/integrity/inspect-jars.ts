import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile, UnreadableFile } from '../../process/files/read-regular-file.js';
import { markerName, readMarker, writeMarker } from './complete-marker.js';
import { damagedArchives } from './archive-end.js';
import { damagedFiles, sha256Of, type KeptFile } from './kept-files.js';
import type { Damage, InspectOptions, PartState } from './part-state.js';

/**
 * Sizes and checksums of a folder's jars. They are not in the marker itself: an older streamtune, for which the marker
 * is a list of names, can then use the same cache.
 */
const sumsName = 'streamtune-checksums.json';

/** Looks whether a folder of jars is complete, and returns their absolute paths. */
export async function inspectJars(
  folder: string,
  options: InspectOptions,
): Promise<PartState<string[]>> {
  const names = await markedNames(folder);
  if (names === undefined) return { kind: 'missing' };
  if (!Array.isArray(names)) return { kind: 'damaged', damage: [names] };
  const sums = await readSums(folder, names);
  if (sums !== undefined && !Array.isArray(sums)) return { kind: 'damaged', damage: [sums] };
  const damage =
    sums === undefined
      ? await damagedArchives(folder, names)
      : await damagedFiles(folder, sums, options);
  if (damage.length > 0) return { kind: 'damaged', damage };
  return { kind: 'complete', part: names.map((name) => join(folder, name)) };
}

/** Keeps the sizes and checksums of jars that have just been installed. */
export async function writeSums(folder: string, names: readonly string[]): Promise<void> {
  const files: KeptFile[] = [];
  for (const path of names) {
    const file = join(folder, path);
    files.push({ path, bytes: (await stat(file)).size, sha256: await sha256Of(file) });
  }
  await writeFile(join(folder, sumsName), JSON.stringify(files));
}

/** Writes a damaged marker anew where every jar matches its checksum; returns whether it has. */
export async function mendMarker(folder: string): Promise<boolean> {
  const files = await readSums(folder);
  if (!Array.isArray(files) || files.length === 0) return false;
  if ((await damagedFiles(folder, files, { checksums: true })).length > 0) return false;
  await writeMarker(folder, JSON.stringify(files.map(({ path }) => path)));
  return true;
}

/** The names in the marker; undefined without one. */
async function markedNames(folder: string): Promise<string[] | Damage | undefined> {
  try {
    const text = await readMarker(folder);
    if (text === undefined) return undefined;
    const names = parsed(text);
    if (Array.isArray(names) && names.length > 0 && names.every(isJarName)) return names;
    return { kind: 'marker', text: `${markerName} is damaged` };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { kind: 'marker', text: `${markerName}: ${error.message}` };
  }
}

/** The sizes and checksums; undefined if the folder was installed before they were kept. */
async function readSums(
  folder: string,
  names?: readonly string[],
): Promise<KeptFile[] | Damage | undefined> {
  try {
    const files = parsed(await readRegularFile(join(folder, sumsName)));
    const isSame =
      Array.isArray(files) &&
      files.every(isKeptFile) &&
      (names === undefined || files.map(({ path }) => path).join('/') === names.join('/'));
    return isSame ? files : { kind: 'file', text: `${sumsName} is damaged` };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.problem === 'missing') return undefined;
    return { kind: 'file', text: `${sumsName}: ${error.message}` };
  }
}

function isJarName(name: unknown): name is string {
  return typeof name === 'string' && /^[^/\0]+\.jar$/.test(name);
}

function isKeptFile(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, bytes, sha256 } = value as Record<string, unknown>;
  return isJarName(path) && typeof bytes === 'number' && typeof sha256 === 'string';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
