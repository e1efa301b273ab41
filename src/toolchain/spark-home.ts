import { access, constants, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { defaultSpark } from './versions.js';

/** A Spark, whoever installed it. */
export interface GivenSpark {
  readonly home: string;
  readonly version: string;
  /** 2.12 or 2.13: decides which connector fits. */
  readonly scala: string;
}

/** The Spark in a folder, by the names of its jars; undefined if there is no released one. */
export async function sparkIn(home: string): Promise<GivenSpark | undefined> {
  const jars = await readdir(join(home, 'jars')).catch(() => [] as string[]);
  const core = jars
    .map((name) => /^spark-core_(2\.\d+)-(\d+\.\d+\.\d+)\.jar$/.exec(name))
    .find(Boolean);
  const scala = core?.[1];
  const version = core?.[2];
  return scala === undefined || version === undefined ? undefined : { home, version, scala };
}

/**
 * Reads the Spark in SPARK_HOME; its version and Scala come from the names of its jars. Throws SPARK_HOME_INVALID if
 * there is none, if it cannot be started, or if it is not the requested version.
 */
export async function readSparkHome(home: string, asked: string | undefined): Promise<GivenSpark> {
  const spark = await sparkIn(home);
  const submit = join(home, 'bin', 'spark-submit');
  const kind = await stat(submit).catch(() => undefined);
  if (spark === undefined || kind === undefined) {
    throw invalid(
      `SPARK_HOME is ${home}, which holds no released Spark (jars/spark-core_*.jar, bin/spark-submit)`,
    );
  }
  const runs = kind.isFile() && (await access(submit, constants.X_OK).then(yes, no));
  if (!runs) throw invalid(`SPARK_HOME is ${home}, whose bin/spark-submit cannot be executed`);
  const { version } = spark;
  if (asked !== undefined && asked !== version) {
    throw invalid(`SPARK_HOME is ${home}, which is Spark ${version}, but ${asked} was asked for`);
  }
  return spark;
}

const yes = () => true;
const no = () => false;

/**
 * Returns the version to use unless Java rules it out: that of SPARK_HOME if set, else the requested one, else the
 * default. Throws SPARK_HOME_INVALID.
 */
export async function wantedSpark(env: Host['env'], asked: string | undefined): Promise<string> {
  const home = env['SPARK_HOME'];
  if (home === undefined || home === '') return asked ?? defaultSpark;
  return (await readSparkHome(home, asked)).version;
}

function invalid(what: string): HarnessError {
  return new HarnessError({
    code: 'SPARK_HOME_INVALID',
    message: `${what}.`,
    hint: 'Correct SPARK_HOME, or unset it: streamtune then installs Spark into its cache.',
  });
}
