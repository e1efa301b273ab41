import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';

const root = projectPath('.');

/**
 * Copies the project as a clone of it would be, with what is new and not yet committed, and lends it the installed
 * modules; gives back its files. What is built there touches nothing that a test runs from.
 */
export function cleanClone(folder: string): string[] {
  const files = filesOfGit() ?? filesWithoutGit();
  for (const name of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(root, name), join(folder, name));
  }
  symlinkSync(projectPath('node_modules'), join(folder, 'node_modules'));
  return files;
}

/** Undefined where there is no git, or no repository that it trusts. */
function filesOfGit(): string[] | undefined {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) return undefined;
  return stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)));
}

/** All but what `.gitignore` names. */
function filesWithoutGit(): string[] {
  const ignored = /^(\.git|node_modules|dist|coverage|results)(\/|$)|__pycache__|\.ruff_cache/;
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !ignored.test(name) && lstatSync(join(root, name)).isFile(),
  );
}
