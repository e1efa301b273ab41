import { spawnSync } from 'node:child_process';
import { projectPath } from '../../src/process/project-paths.js';

/** A user of whom the system knows nothing but the number. */
const stranger = { uid: 54_321, gid: 54_321 };

/**
 * Options for a child process that the permissions of files bind, which they do not for root; undefined if it could not
 * even read this program, as in a clone below root's home.
 */
export function unprivileged(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  const script = 'require("node:fs").readFileSync(process.argv[1])';
  const args = ['-e', script, projectPath('package.json')];
  return spawnSync(process.execPath, args, { ...stranger, env: {} }).status === 0
    ? stranger
    : undefined;
}
