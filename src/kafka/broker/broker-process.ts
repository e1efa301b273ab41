import { randomBytes } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { JavaInstallation, KafkaInstallation } from '../../model/toolchain.js';
import type { Command } from '../../process/command.js';
import { readRegularFile } from '../../process/files/read-regular-file.js';
import { runCommand } from '../../process/run-command.js';
import { brokerFiles, type SecuredListener } from './broker-config.js';

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

const formatWithinMs = 60_000;

/** Formats the data folder once; a formatted one keeps its records. */
export async function formatStorage(
  options: KafkaProcess,
  users: SecuredListener['users'] = [],
): Promise<void> {
  const files = brokerFiles(options.directory);
  const meta = await readRegularFile(join(files.data, 'meta.properties')).catch(() => undefined);
  if (meta !== undefined) return;
  // Kafka's form of a UUID; a leading hyphen would be parsed as an option.
  const clusterId = `A${randomBytes(16).toString('base64url').slice(1)}`;
  const result = await runCommand(
    kafkaCommand(options, [
      'kafka.tools.StorageTool',
      'format',
      '-t',
      clusterId,
      '-c',
      files.properties,
      ...users.flatMap(({ mechanism, name, password }) => [
        '--add-scram',
        `${mechanism}=[name=${name},password=${password}]`,
      ]),
    ]),
    { signal: options.signal, timeoutMs: formatWithinMs },
  );
  if (result.exitCode === 0) return;
  const words = `${result.stdout}\n${result.stderr}`.trim().split('\n');
  const why = words.find((line) => /Exception|Error/.test(line)) ?? words.at(-1) ?? '';
  throw new HarnessError({
    code: 'BROKER_NOT_READY',
    message: `Kafka could not format ${files.data}: ${why.trim()}`,
    hint: 'Check that the folder can be written and that the disk has space.',
  });
}

/** Runs one of Kafka's programs, by its class, with a small heap. */
export function kafkaCommand(
  { java: { executable }, kafka, directory, env }: KafkaProcess,
  args: readonly string[],
): Command {
  const { log4j } = brokerFiles(directory);
  const settings = [
    ...['-Xms256m', '-Xmx512m', `-Dlog4j2.configurationFile=${log4j}`],
    `-Djava.io.tmpdir=${directory}`,
  ];
  const classPath = ['-cp', kafka.classPath.join(delimiter)];
  return {
    file: executable,
    args: [...settings, ...classPath, ...args],
    cwd: directory,
    env: { PATH: env['PATH'], HOME: env['HOME'], LANG: env['LANG'] },
  };
}
