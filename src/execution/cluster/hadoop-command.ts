import { delimiter, join } from 'node:path';
import type { Host } from '../../model/host.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { Command } from '../../process/command.js';
import { passedToCluster } from '../../spark/submit-command.js';

/** With what a program of Hadoop's is started. */
export interface HadoopParts {
  readonly toolchain: Pick<Toolchain, 'java' | 'spark'>;
  readonly env: Host['env'];
}

/** One of the programs of Hadoop that Spark brings along; HADOOP_CONF_DIR and YARN_CONF_DIR lead it to its settings. */
export function hadoopCommand(
  { toolchain: { java, spark }, env }: HadoopParts,
  mainClass: string,
  ...args: readonly string[]
): Command {
  const names = ['HOME', 'LANG', 'USER', ...passedToCluster];
  return {
    file: join(spark.home, 'bin', 'spark-class'),
    args: [mainClass, ...args],
    env: {
      ...Object.fromEntries(names.map((name) => [name, env[name]])),
      ...{ JAVA_HOME: java.home, SPARK_HOME: spark.home },
      PATH: [join(java.home, 'bin'), env['PATH'] ?? ''].join(delimiter),
    },
  };
}
