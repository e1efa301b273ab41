import { delimiter } from 'node:path';
import type { Host } from '../../model/host.js';
import type { JavaInstallation, KafkaInstallation } from '../../model/toolchain.js';
import type { Command } from '../../process/command.js';
import { brokerFiles } from './broker-config.js';

/** Options for starting any of Kafka's programs. */
export interface KafkaProcess {
  readonly kafka: KafkaInstallation;
  readonly java: JavaInstallation;
  /** Working directory; holds configuration, log and data. */
  readonly directory: string;
  readonly env: Host['env'];
  readonly signal: AbortSignal;
}

/** Kafka's main class, by which a broker is known among the running processes. */
export const brokerClass = 'kafka.Kafka';

/** Runs one of Kafka's programs, by its class, with a small heap and these further options of the JVM. */
export function kafkaCommand(
  { java: { executable }, kafka, directory, env }: KafkaProcess,
  args: readonly string[],
  javaOptions: readonly string[] = [],
): Command {
  const { log4j } = brokerFiles(directory);
  const settings = [
    ...['-Xms256m', '-Xmx512m', `-Dlog4j2.configurationFile=${log4j}`],
    `-Djava.io.tmpdir=${directory}`,
  ];
  const classPath = ['-cp', kafka.classPath.join(delimiter)];
  return {
    file: executable,
    args: [...settings, ...javaOptions, ...classPath, ...args],
    cwd: directory,
    env: { PATH: env['PATH'], HOME: env['HOME'], LANG: env['LANG'] },
  };
}
