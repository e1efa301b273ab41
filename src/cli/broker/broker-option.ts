import type { Argv } from 'yargs';
import { resolve } from 'node:path';
import { readClientProperties } from '../../kafka/client-properties.js';
import { plaintextEndpoint, serversOf, type KafkaEndpoint } from '../../model/kafka-endpoint.js';
import type { KafkaConnection } from '../../kafka/client.js';
import type { Host } from '../../model/host.js';
import { bootstrapServers, topicName } from '../options/rules.js';
import { required } from '../options/value-rule.js';

/** Adds the options for the broker's address and the login to a command. */
export function brokerOption<T>(yargs: Argv<T>) {
  return yargs
    .option(
      'bootstrap-servers',
      required('--bootstrap-servers', bootstrapServers, {
        alias: 'b',
        default: 'localhost:9092',
        describe: 'The broker, as HOST:PORT',
      }),
    )
    .option('command-config', loginOption);
}

/** The settings of `--command-config`, which Kafka's own tools have as well. */
export const loginOption = {
  type: 'string',
  describe:
    'A properties file with the login, as for the tools of Kafka (security.protocol, sasl.*)',
} as const;

/** The settings of `--topic` for a command that needs one. */
export const topicOption = required('--topic', topicName, { alias: 't', demandOption: true });

/** A broker as a command names it. */
export interface GivenBroker {
  readonly bootstrapServers: string;
  readonly commandConfig?: string | undefined;
}

/** The connection to that broker. Throws USAGE for a file without a usable login. */
export async function connectionTo(given: GivenBroker, host: Host): Promise<KafkaConnection> {
  return { endpoint: await endpointAt(given, host), signal: host.signal };
}

/** The broker with its login. Throws USAGE. */
export async function endpointAt(
  { bootstrapServers: servers, commandConfig }: GivenBroker,
  { cwd }: Pick<Host, 'cwd'>,
): Promise<KafkaEndpoint> {
  return commandConfig === undefined
    ? plaintextEndpoint(servers)
    : {
        servers: serversOf(servers),
        security: await readClientProperties(resolve(cwd, commandConfig)),
      };
}
