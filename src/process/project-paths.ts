import { fileURLToPath } from 'node:url';

/** Root of the installed package: dist/src/process/ is three folders below it. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** Absolute path of a shipped file, for example `projectPath('spark-jobs/launcher.py')`. */
export function projectPath(relative: string): string {
  return fileURLToPath(new URL(`../../../${relative}`, import.meta.url));
}
