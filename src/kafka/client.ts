import { Kafka, logLevel } from 'kafkajs';
import { HarnessError, interrupted, messageOf } from '../model/harness-error.js';

/** Which broker, and until when. */
export interface KafkaConnection {
  /** `HOST:PORT`, several with commas. */
  readonly bootstrapServers: string;
  readonly signal: AbortSignal;
}

/** A kafkajs client that says nothing and gives up after a few seconds. Owner of the library: this folder. */
export function kafkaClient({ bootstrapServers }: KafkaConnection): Kafka {
  return new Kafka({
    clientId: 'streamtune',
    brokers: bootstrapServers.split(',').map((address) => address.trim()),
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, retries: 3 },
    logLevel: logLevel.NOTHING, // it logs what it retries as errors
  });
}

/** Runs one conversation with a broker; a broker that does not answer becomes BROKER_UNREACHABLE. */
export async function withBroker<T>(
  connection: KafkaConnection,
  talk: () => Promise<T>,
): Promise<T> {
  if (connection.signal.aborted) throw interrupted();
  try {
    return await talk();
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    if (!isUnreachable(error)) throw error;
    throw new HarnessError({
      code: 'BROKER_UNREACHABLE',
      message: `No Kafka broker answers at ${connection.bootstrapServers}: ${messageOf(error)}.`,
      hint: 'Start one with `streamtune kafka up`, or correct the address.',
      cause: error,
    });
  }
}

function isUnreachable(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return /KafkaJS(Connection|NumberOfRetriesExceeded|BrokerNotFound|RequestTimeout|NonRetriable)/.test(
    name,
  );
}
