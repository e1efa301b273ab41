import { join } from 'node:path';
import { findBroker } from '../../kafka/broker/find-broker.js';
import { plaintextEndpoint, type KafkaEndpoint } from '../../model/kafka-endpoint.js';
import type { WatchedRun } from './watch-run.js';

/** The broker of a run: the external one of its experiment, or its own while that lives; undefined if there is none. */
export async function brokerOfRun(
  { folder, opening }: Pick<WatchedRun, 'folder' | 'opening'>,
  signal: AbortSignal,
): Promise<KafkaEndpoint | undefined> {
  const { experiment, manifest } = opening;
  if (manifest.simulation !== undefined) return undefined;
  if (experiment.kafka !== undefined) return experiment.kafka;
  const found = await findBroker(join(folder, 'work', 'broker'), signal);
  const servers = found.kind === 'none' ? undefined : found.bootstrapServers;
  return servers === undefined ? undefined : plaintextEndpoint(servers);
}
