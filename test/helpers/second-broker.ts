import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokerFiles, log4jProperties } from '../../src/kafka/broker/broker-config.js';
import { brokerClass, kafkaCommand } from '../../src/kafka/broker/broker-process.js';
import { clusterAt } from '../../src/kafka/broker/cluster-at.js';
import { formatStorage } from '../../src/kafka/broker/format-storage.js';
import { freePorts } from '../../src/kafka/broker/free-port.js';
import type { KafkaConnection } from '../../src/kafka/client.js';
import { startService, type Service } from '../../src/process/service.js';
import { waitUntil } from '../../src/process/wait-until.js';
import { realToolchain } from './real-broker.js';
import { testHost } from './test-host.js';

interface FirstBroker extends KafkaConnection {
  readonly directory: string;
}

/**
 * Starts a second broker of a cluster whose first one has a listener of its clients, and waits until each of the two
 * tells of both: the first one counts the second a moment before that listens.
 */
export async function secondBroker(first: FirstBroker, directory: string): Promise<Service> {
  mkdirSync(directory);
  const files = brokerFiles(directory);
  const [port = 0, internal = 0] = await freePorts(2);
  const listeners = `CLIENT://127.0.0.1:${String(port)},PLAINTEXT://127.0.0.1:${String(internal)}`;
  const own: Record<string, string> = {
    ...{ 'process.roles': 'broker', 'node.id': '2', 'log.dirs': files.data },
    ...{ listeners, 'advertised.listeners': listeners },
  };
  const lines = readFileSync(brokerFiles(first.directory).properties, 'utf8').trim().split('\n');
  const changed = lines.map((line) => {
    const [key = ''] = line.split('=');
    return key in own ? `${key}=${own[key]!}` : line;
  });
  writeFileSync(files.properties, changed.join('\n'));
  writeFileSync(files.log4j, log4jProperties);
  const { kafka, java } = await realToolchain();
  const { env, signal } = testHost().host;
  const options = { kafka, java, directory, env, signal };
  await formatStorage(options);
  joinCluster(brokerFiles(first.directory).data, files.data);
  const command = kafkaCommand(options, [brokerClass, files.properties]);
  const service = await startService(command, { logFile: files.log });
  try {
    await untilJoined(service, first, port);
    return service;
  } catch (error) {
    await service.stop();
    throw error;
  }
}

async function untilJoined(
  service: Service,
  { endpoint, signal }: FirstBroker,
  port: number,
): Promise<void> {
  const second = { ...endpoint, servers: [`127.0.0.1:${String(port)}`] };
  await waitUntil({
    what: 'the second broker has joined',
    timeoutMs: 60_000,
    signal,
    check: async () => {
      if (!service.isRunning()) throw new Error((await service.logTail(9)).join('\n'));
      const asked = [endpoint, second].map(async (each) => {
        return (await clusterAt({ endpoint: each, signal }))?.brokers;
      });
      return (await Promise.all(asked)).every((brokers) => brokers === 2) ? true : undefined;
    },
  });
}

/** Formatting makes up a cluster; this puts the one of the first broker in its place. */
function joinCluster(first: string, second: string): void {
  const [theirs, own] = [first, second].map((data) => join(data, 'meta.properties'));
  const line = /^cluster\.id=.*$/m;
  const [cluster = ''] = line.exec(readFileSync(theirs!, 'utf8')) ?? [];
  writeFileSync(own!, readFileSync(own!, 'utf8').replace(line, cluster));
}
