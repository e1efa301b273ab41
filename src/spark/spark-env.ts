import { delimiter, join } from 'node:path';
import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';

/**
 * The environment in which a program of Spark's, or of the Hadoop that it brings along, finds Java and Spark. `names`: the
 * variables of the user's own that it gets besides.
 */
export function sparkEnv(
  { java, spark }: Pick<Toolchain, 'java' | 'spark'>,
  env: Host['env'],
  names: readonly string[],
): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(names.map((name) => [name, env[name]])),
    JAVA_HOME: java.home,
    SPARK_HOME: spark.home,
    PATH: [join(java.home, 'bin'), env['PATH'] ?? ''].join(delimiter),
  };
}
