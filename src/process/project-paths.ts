import { fileURLToPath } from 'node:url';

/**
 * Absolute path of a shipped file, for example `projectPath('spark-jobs/launcher.py')`; the root of the
 * package is three folders above dist/src/process/.
 */
export function projectPath(relative: string): string {
  return fileURLToPath(new URL(`../../../${relative}`, import.meta.url));
}
