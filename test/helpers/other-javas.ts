import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

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
