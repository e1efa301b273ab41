import { join } from 'node:path';
import { withPasswords } from '../../execution/open-broker.js';
import { findBroker } from '../../kafka/broker/find-broker.js';
import type { Host } from '../../model/host.js';
import { plaintextEndpoint, type KafkaEndpoint } from '../../model/kafka-endpoint.js';
import type { WatchedRun } from './watch-run.js';

/** The broker of a run: the external one of its experiment, or its own while that lives; undefined if there is none. */
export async function brokerOfRun(
  { folder, opening }: Pick<WatchedRun, 'folder' | 'opening'>,
  { env, signal }: Pick<Host, 'env' | 'signal'>,
): Promise<KafkaEndpoint | undefined> {
  const { experiment, manifest } = opening;
  if (manifest.simulation !== undefined) return undefined;
  if (experiment.kafka !== undefined) return await withPasswords(experiment.kafka, env);
  const found = await findBroker(join(folder, 'work', 'broker'), signal);
  const servers = found.kind === 'none' ? undefined : found.bootstrapServers;
  return servers === undefined ? undefined : plaintextEndpoint(servers);
}
