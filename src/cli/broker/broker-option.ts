import type { Argv } from 'yargs';
import { plaintextEndpoint } from '../../model/kafka-endpoint.js';
import type { KafkaConnection } from '../../kafka/client.js';
import type { Host } from '../../model/host.js';
import { bootstrapServers, topicName } from '../options/rules.js';
import { required } from '../options/value-rule.js';

/** Adds the option for the broker address to a command. */
export function brokerOption<T>(yargs: Argv<T>) {
  return yargs.option(
    'bootstrap-servers',
    required('--bootstrap-servers', bootstrapServers, {
      alias: 'b',
      default: 'localhost:9092',
      describe: 'The broker, as HOST:PORT',
    }),
  );
}

/** The settings of `--topic` for a command that needs one. */
export const topicOption = required('--topic', topicName, { alias: 't', demandOption: true });

/** The connection to that broker. */
export function connectionTo(bootstrapServers: string, { signal }: Host): KafkaConnection {
  return { endpoint: plaintextEndpoint(bootstrapServers), signal };
}
