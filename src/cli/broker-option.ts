import type { Argv } from 'yargs';
import { plaintextEndpoint } from '../model/kafka-endpoint.js';
import type { KafkaConnection } from '../kafka/client.js';
import type { Host } from '../model/host.js';

/** Adds the option for the broker address to a command. */
export function brokerOption<T>(yargs: Argv<T>) {
  return yargs.option('bootstrap-servers', {
    alias: 'b',
    type: 'string',
    default: 'localhost:9092',
    describe: 'The broker, as HOST:PORT',
  });
}

/** The connection to that broker. */
export function connectionTo(bootstrapServers: string, { signal }: Host): KafkaConnection {
  return { endpoint: plaintextEndpoint(bootstrapServers), signal };
}
