import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HarnessError } from '../../model/harness-error.js';
import { readRegularFile } from '../../process/files/read-regular-file.js';
import { runCommand } from '../../process/run-command.js';
import { brokerFiles, nodeId, type SecuredListener } from './broker-config.js';
import { kafkaCommand, type KafkaProcess } from './broker-process.js';

const formatWithinMs = 60_000;

interface FormatOptions {
  /** The users of SCRAM. */
  readonly users?: SecuredListener['users'] | undefined;
  /** What formatting has left elsewhere, without users; then no process of Kafka's is needed here. */
  readonly checkpoint?: string | undefined;
}

/** Formats the data folder once; a formatted one keeps its records. Throws BROKER_NOT_READY. */
export async function formatStorage(
  options: KafkaProcess,
  { users = [], checkpoint }: FormatOptions = {},
): Promise<void> {
  const { data } = brokerFiles(options.directory);
  const meta = await readRegularFile(metaFile(data)).catch(() => undefined);
  if (meta !== undefined) return;
  if (checkpoint !== undefined && users.length === 0) await copyFormat(checkpoint, data);
  else await runFormat(options, users);
}

/**
 * The first checkpoint of the metadata in a formatted data folder: the version of each of Kafka's features, and the users
 * of SCRAM. It does not name the cluster.
 */
export function firstCheckpoint(data: string): string {
  return join(data, '__cluster_metadata-0', '00000000000000000000-0000000000.checkpoint');
}

/** Makes the two files of a formatted folder (Kafka 4.4, `org.apache.kafka.metadata.storage.Formatter`). */
async function copyFormat(checkpoint: string, data: string): Promise<void> {
  const target = firstCheckpoint(data);
  await mkdir(dirname(target), { recursive: true });
  await copyFile(checkpoint, target);
  const meta = {
    version: '1',
    'cluster.id': newUuid(),
    'node.id': nodeId,
    'directory.id': newUuid(),
  };
  const lines = Object.entries(meta).map(([key, value]) => `${key}=${value}\n`);
  await writeFile(metaFile(data), lines.join('')); // last: it says that the folder is formatted
}

async function runFormat(options: KafkaProcess, users: SecuredListener['users']): Promise<void> {
  const { properties, data } = brokerFiles(options.directory);
  const scram = users.flatMap(({ mechanism, name, password }) => [
    '--add-scram',
    `${mechanism}=[name=${name},password=${password}]`,
  ]);
  const format = ['kafka.tools.StorageTool', 'format', '-t', newUuid(), '-c', properties];
  const result = await runCommand(kafkaCommand(options, [...format, ...scram]), {
    signal: options.signal,
    timeoutMs: formatWithinMs,
  });
  if (result.exitCode === 0) return;
  const words = `${result.stdout}\n${result.stderr}`.trim().split('\n');
  const why = words.find((line) => /Exception|Error/.test(line)) ?? words.at(-1) ?? '';
  throw new HarnessError({
    code: 'BROKER_NOT_READY',
    message: `Kafka could not format ${data}: ${why.trim()}`,
    hint: 'Check that the folder can be written and that the disk has space.',
  });
}

/** In Kafka's form; a leading hyphen would be parsed as an option. */
function newUuid(): string {
  return `A${randomBytes(16).toString('base64url').slice(1)}`;
}

function metaFile(data: string): string {
  return join(data, 'meta.properties');
}
