import type { Argv } from 'yargs';
import type { Host } from '../model/host.js';
import { findRun } from '../store/find-run.js';

/** Adds the argument of a command that takes a run, and where runs are looked for by name. */
export function runArgument<T>(yargs: Argv<T>) {
  return yargs
    .positional('dir', {
      type: 'string',
      demandOption: true,
      describe: 'The folder of a run, its name in the results folder, or: latest',
    })
    .option('results', {
      type: 'string',
      default: 'results',
      describe: 'The results folder, for names and for latest',
    });
}

/** The folder of the run that was given. Throws RUN_NOT_FOUND. */
export async function runFolderOf(
  { dir, results }: { readonly dir: string; readonly results: string },
  { cwd }: Pick<Host, 'cwd'>,
): Promise<string> {
  return await findRun(dir, { cwd, results });
}
