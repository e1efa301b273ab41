import { join } from 'node:path';
import type { Host } from '../../model/host.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { Command } from '../../process/command.js';
import { sparkEnv } from '../../spark/spark-env.js';
import { passedToCluster } from '../../spark/submit/submit-command.js';

/** With what a program that Spark brings along is started. */
export interface SparkClassParts {
  readonly toolchain: Pick<Toolchain, 'java' | 'spark'>;
  readonly env: Host['env'];
}

/** One of the programs of Spark, or of Hadoop, that Spark brings along; HADOOP_CONF_DIR leads it to its settings. */
export function sparkClassCommand(
  { toolchain, env }: SparkClassParts,
  mainClass: string,
  ...args: readonly string[]
): Command {
  return {
    file: join(toolchain.spark.home, 'bin', 'spark-class'),
    args: [mainClass, ...args],
    env: sparkEnv(toolchain, env, ['HOME', 'LANG', 'USER', ...passedToCluster]),
  };
}
