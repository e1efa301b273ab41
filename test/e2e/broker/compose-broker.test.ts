import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { brokerFiles, log4jProperties } from '../../../src/kafka/broker/broker-config.js';
import { kafkaCommand } from '../../../src/kafka/broker/broker-process.js';
import { formatStorage } from '../../../src/kafka/broker/format-storage.js';
import { freePorts } from '../../../src/kafka/broker/free-port.js';
import { createTopic, listTopics } from '../../../src/kafka/topics.js';
import { plaintextEndpoint } from '../../../src/model/kafka-endpoint.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { startService } from '../../../src/process/service.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { realToolchain } from '../../helpers/real-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

/** The settings of the Compose file's broker, as its image makes them from the environment. */
function composeSettings(): Record<string, string> {
  const compose = parse(readFileSync(projectPath('docker-compose.yml'), 'utf8')) as {
    services: { kafka: { environment: Record<string, string> } };
  };
  return Object.fromEntries(
    Object.entries(compose.services.kafka.environment).map(([name, value]) => [
      name
        .replace(/^KAFKA_/, '')
        .toLowerCase()
        .replaceAll('_', '.'),
      value,
    ]),
  );
}

describe("the Compose file's broker", () => {
  const folder = temporaryFolder();

  it('answers on both of its listeners, when a real Kafka gets its settings', async () => {
    const { env, signal } = testHost().host;
    const { kafka, java } = await realToolchain();
    const directory = join(folder, 'broker');
    const files = brokerFiles(directory);
    mkdirSync(directory);
    const [host, containers, controller] = (await freePorts(3)).map(String);
    const here = (text: string) =>
      text
        .replaceAll(/0\.0\.0\.0|localhost|kafka(?=:\d)/g, '127.0.0.1')
        .replaceAll(':9092', `:${host!}`)
        .replaceAll(':29092', `:${containers!}`)
        .replaceAll(':29093', `:${controller!}`);
    const settings = { ...composeSettings(), 'log.dirs': files.data };
    const lines = Object.entries(settings).map(([key, value]) => `${key}=${here(value)}`);
    writeFileSync(files.properties, lines.join('\n'));
    writeFileSync(files.log4j, log4jProperties);
    const options = { kafka, java, directory, env, signal };
    await formatStorage(options);
    const command = kafkaCommand(options, ['kafka.Kafka', files.properties]);
    await using service = await startService(command, { logFile: files.log });
    const at = (port: string) => ({ endpoint: plaintextEndpoint(`127.0.0.1:${port}`), signal });
    await waitUntil({
      what: 'the broker creates a topic',
      timeoutMs: 60_000,
      signal,
      check: async () => {
        if (!service.isRunning()) throw new Error((await service.logTail(9)).join('\n'));
        return await createTopic(at(host!), { name: 'seen', partitions: 1 }).then(
          () => true,
          () => undefined,
        );
      },
    });
    expect(await listTopics(at(containers!))).to.deep.equal(['seen']);
  });
});
