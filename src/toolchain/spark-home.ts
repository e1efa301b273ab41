import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { exists } from './find-java.js';
import { defaultSpark } from './versions.js';

/** A Spark that was installed by someone else. */
export interface GivenSpark {
  readonly home: string;
  readonly version: string;
  /** 2.12 or 2.13: decides which connector fits. */
  readonly scala: string;
}

/**
 * Reads the Spark in SPARK_HOME; its version and Scala come from the names of its jars. Throws SPARK_HOME_INVALID if
 * there is none, or if it is not the requested version.
 */
export async function readSparkHome(home: string, asked: string | undefined): Promise<GivenSpark> {
  const jars = await readdir(join(home, 'jars')).catch(() => [] as string[]);
  const core = jars
    .map((name) => /^spark-core_(2\.\d+)-(\d+\.\d+\.\d+)\.jar$/.exec(name))
    .find(Boolean);
  const scala = core?.[1];
  const version = core?.[2];
  const submit = join(home, 'bin', 'spark-submit');
  if (scala === undefined || version === undefined || !(await exists(submit))) {
    throw invalid(
      `SPARK_HOME is ${home}, which holds no released Spark (jars/spark-core_*.jar, bin/spark-submit)`,
    );
  }
  if (asked !== undefined && asked !== version) {
    throw invalid(`SPARK_HOME is ${home}, which is Spark ${version}, but ${asked} was asked for`);
  }
  return { home, version, scala };
}

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
