import { fileURLToPath } from 'node:url';

/**
 * Returns the absolute path of a shipped file, for example `projectPath('spark-jobs/launcher.py')`; the package root is
 * three folders above dist/src/process/.
 */
export function projectPath(relative: string): string {
  return fileURLToPath(new URL(`../../../${relative}`, import.meta.url));
}
