import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { plaintextEndpoint } from '../../model/kafka-endpoint.js';
import type { ProcessIdentity } from '../../model/process-identity.js';
import { readRegularFile } from '../../process/files/read-regular-file.js';
import { identify } from '../../process/groups/process-identity.js';
import { runningPrograms } from '../../process/table/running-programs.js';
import { brokerFiles } from './broker-config.js';
import { brokerClass } from './broker-process.js';
import { clusterAt } from './cluster-at.js';

/** A broker of a directory, whatever became of the files there. */
export type FoundBroker =
  | { readonly kind: 'none' }
  /** `bootstrapServers` is undefined if the files that say where it listens are lost. */
  | {
      readonly kind: 'running';
      readonly process: ProcessIdentity;
      readonly bootstrapServers: string | undefined;
    }
  /** It answers with the directory's data, but its process cannot be seen: another container's, or hidden. */
  | { readonly kind: 'unseen'; readonly bootstrapServers: string };

/**
 * Finds the broker that works in a directory: by the arguments of the running processes, so that it is found without its
 * state file; else by asking its port for the id of the cluster whose data is there.
 */
export async function findBroker(directory: string, signal: AbortSignal): Promise<FoundBroker> {
  const bootstrapServers = await addressIn(directory);
  for (const { pid, args } of await runningPrograms()) {
    if (!args.includes(brokerClass) || !(await worksIn(directory, args.at(-1) ?? ''))) continue;
    const process = await identify(pid);
    if (process !== undefined) return { kind: 'running', process, bootstrapServers };
  }
  const clusterId = await clusterIdIn(directory);
  if (clusterId === undefined || bootstrapServers === undefined) return { kind: 'none' };
  const connection = { endpoint: plaintextEndpoint(bootstrapServers), signal };
  return (await clusterAt(connection))?.clusterId === clusterId
    ? { kind: 'unseen', bootstrapServers }
    : { kind: 'none' };
}

/** Whether a broker's configuration file is that of the directory, which either may name through a link. */
async function worksIn(directory: string, file: string): Promise<boolean> {
  const { properties } = brokerFiles(directory);
  if (file === properties) return true;
  if (basename(file) !== basename(properties)) return false;
  const [own, other] = await Promise.all(
    [directory, dirname(file)].map((folder) => realpath(folder).catch(() => undefined)),
  );
  return own !== undefined && own === other;
}

/** Where the broker listens, by its configuration. */
async function addressIn(directory: string): Promise<string | undefined> {
  const text = await readRegularFile(brokerFiles(directory).properties).catch(() => '');
  return /^advertised\.listeners=PLAINTEXT:\/\/(127\.0\.0\.1:\d{1,5})$/m.exec(text)?.[1];
}

async function clusterIdIn(directory: string): Promise<string | undefined> {
  const file = join(brokerFiles(directory).data, 'meta.properties');
  const text = await readRegularFile(file).catch(() => '');
  return /^cluster\.id=([\w-]+)$/m.exec(text)?.[1];
}
