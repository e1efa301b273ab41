/** Where a Kafka cluster is, and how to connect to it. */
export interface KafkaEndpoint {
  /** `HOST:PORT` of one or more of its brokers. */
  readonly servers: readonly string[];
  readonly security: KafkaSecurity;
}

/** By Kafka's protocol name (`security.protocol`). */
type KafkaSecurity = { readonly protocol: 'PLAINTEXT' };

/** Returns an endpoint without encryption, from `HOST:PORT[,HOST:PORT…]`, the format of Kafka's `bootstrap.servers`. */
export function plaintextEndpoint(bootstrapServers: string): KafkaEndpoint {
  const servers = bootstrapServers.split(',').map((address) => address.trim());
  return { servers, security: { protocol: 'PLAINTEXT' } };
}

/** The value for Kafka's `bootstrap.servers`. */
export function bootstrapServersOf({ servers }: KafkaEndpoint): string {
  return servers.join(',');
}
