import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { closestName } from '../knobs/closest-name.js';
import { HarnessError } from '../model/harness-error.js';
import { errorCode, fileProblem } from '../process/files/file-problem.js';

interface Places {
  readonly cwd: string;
  /** The results folder. */
  readonly results: string;
}

/**
 * The absolute path of a run's folder, given as a path, as its name in the results folder, or as `latest`. It exists,
 * but need not hold a run. Throws RUN_NOT_FOUND, with the closest name.
 */
export async function findRun(given: string, { cwd, results }: Places): Promise<string> {
  const root = resolve(cwd, results);
  const runs = await listRunFolders(root);
  if (given === 'latest') {
    const [newest] = runs;
    if (newest === undefined) throw notFound(`There is no run in ${root}.`);
    return newest;
  }
  if (given === '') throw notFound('A run with an empty name cannot be.');
  const path = resolve(cwd, given);
  const isName = given === basename(given) && !given.startsWith('.');
  for (const candidate of isName ? [path, join(root, given)] : [path]) {
    if (existsSync(candidate)) return candidate;
  }
  const why = await stat(path).then(() => '', reason);
  const names = runs.map((run) => basename(run));
  throw notFound(`There is no run ${given.replaceAll('\0', '\\0')}${why}.`, closest(given, names));
}

/**
 * The absolute paths of all run folders in a results folder, the newest first; damaged ones are among them. Empty if
 * there is no such folder. Throws RUN_NOT_FOUND if it cannot be listed.
 */
export async function listRunFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw notFound(`${root} holds no runs: ${folderProblem(error)}.`);
  });
  return entries
    .filter((one) => one.isDirectory() && (stamped.test(one.name) || holdsRun(root, one.name)))
    .map(({ name }) => name)
    .sort(newestFirst)
    .map((name) => join(root, name));
}

/** The start of a run folder's name: when it began. */
const stamped = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-/;

function holdsRun(root: string, name: string): boolean {
  return existsSync(join(root, name, 'manifest.json'));
}

/** By the time in their names, then by the number of those that began in the same second; renamed ones last. */
function newestFirst(a: string, b: string): number {
  const [first, second] = [stamped.test(a), stamped.test(b)];
  if (first !== second) return first ? -1 : 1;
  return b.localeCompare(a, 'en', { numeric: true });
}

/** A run may be meant by its whole name, or by that of its experiment. */
function closest(given: string, names: readonly string[]): string | undefined {
  const name = basename(given);
  const ofExperiment = names.find((one) => one.replace(stamped, '') === name);
  return ofExperiment ?? closestName(name, names) ?? byExperiment(name, names);
}

function byExperiment(name: string, names: readonly string[]): string | undefined {
  const meant = closestName(name, names.map(experimentOf));
  return names.find((one) => experimentOf(one) === meant);
}

/** Without the time, and without the number of a run that began in the same second as another. */
function experimentOf(name: string): string {
  return name.replace(stamped, '').replace(/-\d+$/, '');
}

/** Why there is nothing at a path, unless that is all there is to say. */
function reason(error: unknown): string {
  return errorCode(error) === 'ENOENT' ? '' : `: ${fileProblem(error).text}`;
}

function folderProblem(error: unknown): string {
  return errorCode(error) === 'ENOTDIR' ? 'it is a file, not a folder' : fileProblem(error).text;
}

function notFound(message: string, meant?: string): HarnessError {
  return new HarnessError({
    code: 'RUN_NOT_FOUND',
    message: meant === undefined ? message : `${message} Did you mean ${meant}?`,
    hint: 'See all runs with `streamtune runs`; --results names another results folder.',
  });
}
