import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokerFiles, log4jProperties } from '../../src/kafka/broker/broker-config.js';
import { brokerClass, kafkaCommand } from '../../src/kafka/broker/broker-process.js';
import { formatStorage } from '../../src/kafka/broker/format-storage.js';
import { freePorts } from '../../src/kafka/broker/free-port.js';
import { startService, type Service } from '../../src/process/service.js';
import { realToolchain } from './real-broker.js';
import { testHost } from './test-host.js';

/** Starts a second broker of the cluster whose first one, with a listener of its clients, has its files in `first`. */
export async function secondBroker(first: string, directory: string): Promise<Service> {
  mkdirSync(directory);
  const files = brokerFiles(directory);
  const [clients, internal] = (await freePorts(2)).map(String);
  const listeners = `CLIENT://127.0.0.1:${clients!},PLAINTEXT://127.0.0.1:${internal!}`;
  const own: Record<string, string> = {
    ...{ 'process.roles': 'broker', 'node.id': '2', 'log.dirs': files.data },
    ...{ listeners, 'advertised.listeners': listeners },
  };
  const lines = readFileSync(brokerFiles(first).properties, 'utf8').trim().split('\n');
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
  joinCluster(brokerFiles(first).data, files.data);
  return await startService(kafkaCommand(options, [brokerClass, files.properties]), {
    logFile: files.log,
  });
}

/** Formatting makes up a cluster; this puts the one of the first broker in its place. */
function joinCluster(first: string, second: string): void {
  const [theirs, own] = [first, second].map((data) => join(data, 'meta.properties'));
  const line = /^cluster\.id=.*$/m;
  const [cluster = ''] = line.exec(readFileSync(theirs!, 'utf8')) ?? [];
  writeFileSync(own!, readFileSync(own!, 'utf8').replace(line, cluster));
}
