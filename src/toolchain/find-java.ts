import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { JavaInstallation } from '../model/toolchain.js';
import { runCommand } from '../process/run-command.js';
import { oldestJava, sparkLine } from './spark-line.js';
import { sparkForBundledJava, testedSparks } from './versions.js';

/** Asks a Java for its version, with `java -XshowSettings:properties -version`; undefined if it is not one. */
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
 * Finds the first Java that Kafka and this Spark version run on: JAVA_HOME, then PATH. Undefined if there is no Java.
 * Throws JAVA_TOO_OLD or JAVA_TOO_NEW if there are only others.
 */
export async function findJava(
  { env, signal }: Host,
  sparkVersion: string,
): Promise<JavaInstallation | undefined> {
  const { newestJava } = sparkLine(sparkVersion);
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
  if (unusable !== undefined) throw unfit(unusable, sparkVersion);
  return undefined;
}

function unfit({ executable, version, major }: JavaInstallation, spark: string): HarnessError {
  const old = major < oldestJava;
  const other = testedSparks.find((tested) => !old && major <= sparkLine(tested).newestJava);
  return new HarnessError({
    code: old ? 'JAVA_TOO_OLD' : 'JAVA_TOO_NEW',
    message: `${executable} is Java ${version}; Spark ${spark} needs ${sparkLine(spark).javaText}.`,
    hint: [
      'Install Java 17 (Debian: sudo apt-get install openjdk-17-jre-headless) and set JAVA_HOME to it',
      ...(other === undefined
        ? []
        : [`or ask for Spark ${other}, which runs on Java ${String(major)}`]),
      `or take the ${old ? 'old' : 'new'} one off PATH and JAVA_HOME, and streamtune brings its own, with Spark ${sparkForBundledJava}.`,
    ].join('; '),
  });
}

export async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
