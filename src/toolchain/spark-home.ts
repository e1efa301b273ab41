import { access, constants, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { SparkRequest } from '../model/spark-request.js';
import type { SparkSource } from '../model/toolchain.js';
import { defaultSpark } from './versions.js';

/** A Spark, whoever installed it. */
export interface GivenSpark {
  readonly home: string;
  /** Three numbers; what a vendor adds to them is left out. */
  readonly version: string;
  /** 2.12 or 2.13: decides which connector fits. */
  readonly scala: string;
}

/** The folder of an existing Spark, and what named it. */
export interface GivenHome {
  readonly path: string;
  readonly name: Exclude<SparkSource, 'PyPI'>;
}

/** The Spark that is to be used as it is: that of `spark.home`, else that of SPARK_HOME; undefined if neither is set. */
export function givenHome(env: Host['env'], { home }: SparkRequest): GivenHome | undefined {
  if (home !== undefined) return { path: home, name: 'spark.home' };
  const path = env['SPARK_HOME'];
  return path === undefined || path === '' ? undefined : { path, name: 'SPARK_HOME' };
}

/** The Spark in a folder, by the names of its jars; undefined if there is no released one. */
export async function sparkIn(home: string): Promise<GivenSpark | undefined> {
  return sparkOfJars(home, await jarsIn(home));
}

function sparkOfJars(home: string, jars: readonly string[]): GivenSpark | undefined {
  const core = jars
    .map((name) => /^spark-core_(2\.\d+)-(\d+\.\d+\.\d+)(?:[-.][\w.-]*)?\.jar$/.exec(name))
    .find(Boolean);
  const scala = core?.[1];
  const version = core?.[2];
  return scala === undefined || version === undefined ? undefined : { home, version, scala };
}

async function jarsIn(home: string): Promise<string[]> {
  return await readdir(join(home, 'jars')).catch(() => []);
}

/**
 * Reads an existing Spark: a distribution, an installed package, or the venv that it was installed into. Its version and
 * Scala come from the names of its jars. Throws SPARK_HOME_INVALID if there is none, if it lacks what jobs need, if it
 * cannot be started, or if it is not the requested version.
 */
export async function readSparkHome(
  given: GivenHome,
  asked: string | undefined,
): Promise<GivenSpark> {
  const home = (await packageIn(given.path)) ?? given.path;
  const jars = await jarsIn(home);
  const spark = sparkOfJars(home, jars);
  const fail = (what: string) => invalid(`${given.name} is ${given.path}, ${what}`, given.name);
  const submit = await stat(join(home, 'bin', 'spark-submit')).catch(() => undefined);
  if (spark === undefined || submit === undefined) {
    throw fail('which holds no released Spark (jars/spark-core_*.jar, bin/spark-submit)');
  }
  const { version } = spark;
  if (asked !== undefined && asked !== version) {
    throw fail(`which is Spark ${version}, but ${asked} was asked for`);
  }
  if (!submit.isFile() || !(await canRun(home))) {
    throw fail('whose bin/spark-submit cannot be executed');
  }
  if (!jars.some((name) => name.startsWith('hadoop-client-'))) {
    throw fail(`which is Spark ${version} without Hadoop (jars/hadoop-client-*.jar)`);
  }
  return spark;
}

async function canRun(home: string): Promise<boolean> {
  return await access(join(home, 'bin', 'spark-submit'), constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The folder of the package in a venv; undefined if it is none, or has no Spark. */
async function packageIn(venv: string): Promise<string | undefined> {
  const minors = await readdir(join(venv, 'lib')).catch(() => []);
  for (const minor of minors.filter((name) => /^python3\.\d+$/.test(name))) {
    const home = join(venv, 'lib', minor, 'site-packages', 'pyspark');
    if ((await sparkIn(home)) !== undefined) return home;
  }
  return undefined;
}

/** The interpreter of the environment into which a Spark was installed as a package; undefined for a distribution. */
export function pythonBeside({ home }: Pick<GivenSpark, 'home'>): string | undefined {
  const root = /^(.*)\/lib\/python3\.\d+\/site-packages\/pyspark\/?$/.exec(home)?.[1];
  return root === undefined ? undefined : join(root, 'bin', 'python');
}

/** Whether an existing Spark has the Kafka connector of its own version among its jars, with what that needs. */
export async function bringsConnector({ home, version, scala }: GivenSpark): Promise<boolean> {
  const jars = await jarsIn(home);
  return [
    ...['sql-kafka', 'token-provider-kafka'].map((one) => `spark-${one}-0-10_${scala}-${version}`),
    ...['kafka-clients-', 'commons-pool2-'],
  ].every((start) => jars.some((name) => name.startsWith(start)));
}

/**
 * Returns the version to use unless Java rules it out: that of an existing Spark if one is named, else the requested one,
 * else the default. Throws SPARK_HOME_INVALID.
 */
export async function wantedSpark(env: Host['env'], request: SparkRequest): Promise<string> {
  const given = givenHome(env, request);
  if (given === undefined) return request.version ?? defaultSpark;
  return (await readSparkHome(given, request.version)).version;
}

function invalid(what: string, name: GivenHome['name']): HarnessError {
  return new HarnessError({
    code: 'SPARK_HOME_INVALID',
    message: `${what}.`,
    hint: `Correct ${name}, or ${name === 'SPARK_HOME' ? 'unset it' : 'leave it out'}: streamtune then installs Spark into its cache.`,
  });
}
