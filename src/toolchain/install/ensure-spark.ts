import { HarnessError, messageOf } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { SparkRequest } from '../../model/spark-request.js';
import type { JavaInstallation, PythonInstallation, SparkSource } from '../../model/toolchain.js';
import { venvFolder } from '../cache-layout.js';
import { findPython } from '../find-python.js';
import { damageText, type InspectOptions, type PartState } from '../integrity/part-state.js';
import { probeVenv } from '../integrity/probe-venv.js';
import { ensureVenv } from './python-venv.js';
import {
  givenHome,
  pythonBeside,
  readSparkHome,
  type GivenHome,
  type GivenSpark,
} from '../spark-home.js';
import { sparkLine } from '../spark-line.js';
import { bundledJava, defaultSpark, sparkForBundledJava } from '../versions.js';

export interface SparkOptions {
  readonly host: Host;
  readonly cache: string;
  /** The machine's own Java; undefined if there is none. */
  readonly found: JavaInstallation | undefined;
  /** Without a version: the default, or another one if Java has to be installed. */
  readonly asked: SparkRequest;
}

/** A Spark, and what it runs on. */
export interface SparkParts {
  readonly python: PythonInstallation;
  readonly java: JavaInstallation;
  readonly spark: GivenSpark & { readonly source: SparkSource };
}

/**
 * Looks at an existing Spark if one is named, else at the one in the cache. Changes nothing. Throws JAVA_MISSING, and
 * SPARK_HOME_INVALID or PYTHON_MISSING for an existing Spark.
 */
export async function inspectSpark(
  options: SparkOptions,
  how: InspectOptions,
): Promise<PartState<SparkParts>> {
  const { host, found, asked } = options;
  const given = givenHome(host.env, asked);
  if (given !== undefined) return { kind: 'complete', part: await givenSpark(given, options) };
  const version = asked.version ?? (found === undefined ? sparkForBundledJava : defaultSpark);
  if (found === undefined && !version.startsWith('3.5.')) throw noJavaFor(version);
  return await probeVenv({ host, found, version, ...venvOf(options, version), ...how });
}

/** Returns an existing Spark if one is named, else one from PyPI; with a Java from there if there is none. */
export async function ensureSpark(
  options: SparkOptions & { readonly onStep: (text: string) => void },
): Promise<SparkParts> {
  const { host, found, asked, onStep } = options;
  const inspect = (how: InspectOptions) => inspectSpark(options, how);
  const known = await inspect({ checksums: false });
  if (known.kind === 'complete') return known.part;
  const version = asked.version ?? (found === undefined ? sparkForBundledJava : defaultSpark);
  const base = await findPython(host, version).catch((error: unknown) => {
    throw found === undefined ? noBundledJava(error) : error;
  });
  await ensureVenv({ host, base, onStep, inspect, ...venvOf(options, version) });
  const state = await inspect({ checksums: false });
  if (state.kind === 'complete') return state.part;
  const why = state.kind === 'damaged' ? damageText(state.damage) : 'it is not there';
  if (found === undefined && /Java/.test(why)) throw noBundledJava(why);
  throw new HarnessError({
    code: 'INSTALL_FAILED',
    message: `Spark ${version} was installed, but cannot be used: ${why}.`,
    hint: 'Try again with `streamtune setup`; `streamtune doctor` checks this machine.',
  });
}

function venvOf({ cache, found }: SparkOptions, version: string) {
  return {
    folder: venvFolder(cache, version, found === undefined),
    requirements: [`pyspark==${version}`, ...(found === undefined ? [bundledJava] : [])],
  };
}

async function givenSpark(
  given: GivenHome,
  { host, found, asked }: SparkOptions,
): Promise<SparkParts> {
  const spark = await readSparkHome(given, asked.version);
  if (found === undefined) throw noJavaFor(spark.version);
  const python = await findPython(host, spark.version, pythonBeside(spark));
  return { python, java: found, spark: { ...spark, source: given.name } };
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
