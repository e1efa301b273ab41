import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { JavaInstallation } from '../model/toolchain.js';
import { runCommand } from '../process/run-command.js';

/** Kafka 4 and Spark 4 both need Java 17 or newer. */
const oldestJava = 17;
/** Spark 4.0 names 17 and 21. From 24 on Java has no security manager, which its Hadoop still asks for (JEP 486). */
const newestJava = 23;

/** A Java as `java -XshowSettings:properties -version` describes itself; undefined if it is none. */
export async function probeJava(
  executable: string,
  source: JavaInstallation['source'],
  signal: AbortSignal,
): Promise<JavaInstallation | undefined> {
  const result = await runCommand(
    { file: executable, args: ['-XshowSettings:properties', '-version'], env: {} },
    { signal, timeoutMs: 20_000 },
  );
  const home = /java\.home = (.+)/.exec(result.stderr)?.[1]?.trim();
  const version = /java\.version = (.+)/.exec(result.stderr)?.[1]?.trim();
  if (result.exitCode !== 0 || home === undefined || version === undefined) return undefined;
  // Java 8 calls itself 1.8.
  const major = Number(/^(?:1\.)?(\d+)/.exec(version)?.[1] ?? 0);
  return { home, executable, version, major, source };
}

/**
 * The first Java that Kafka and Spark run on: JAVA_HOME, then PATH. Undefined where there is none at all.
 * Throws JAVA_TOO_OLD or JAVA_TOO_NEW where there are only others.
 */
export async function findJava({ env, signal }: Host): Promise<JavaInstallation | undefined> {
  const home = env['JAVA_HOME'];
  const path = (env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '');
  const candidates: [string, JavaInstallation['source']][] = [
    ...(home === undefined || home === ''
      ? []
      : [[join(home, 'bin', 'java'), 'JAVA_HOME'] as const]),
    ...path.map((entry) => [join(entry, 'java'), 'PATH'] as const),
  ].map(([file, source]) => [file, source]);
  let unusable: JavaInstallation | undefined;
  for (const [file, source] of candidates) {
    if (!(await exists(file))) continue;
    const java = await probeJava(file, source, signal);
    if (java === undefined) continue;
    if (java.major >= oldestJava && java.major <= newestJava) return java;
    unusable ??= java;
  }
  if (unusable === undefined) return undefined;
  const old = unusable.major < oldestJava;
  throw new HarnessError({
    code: old ? 'JAVA_TOO_OLD' : 'JAVA_TOO_NEW',
    message: `${unusable.executable} is Java ${unusable.version}; Spark and Kafka need Java 17 or 21.`,
    hint: `Install Java 17 (Debian: sudo apt-get install openjdk-17-jre-headless) and set JAVA_HOME to it; or take the ${old ? 'old' : 'new'} one off PATH and JAVA_HOME, and streamtune brings its own.`,
  });
}

export async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
