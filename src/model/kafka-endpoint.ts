/** Where a Kafka cluster is, and how one speaks with it. */
export interface KafkaEndpoint {
  /** `HOST:PORT` of one or several of its brokers. */
  readonly servers: readonly string[];
  readonly security: KafkaSecurity;
}

/** By Kafka's own name of the protocol (`security.protocol`). */
type KafkaSecurity = { readonly protocol: 'PLAINTEXT' };

/** An endpoint without encryption, from `HOST:PORT[,HOST:PORT…]` as Kafka writes `bootstrap.servers`. */
export function plaintextEndpoint(bootstrapServers: string): KafkaEndpoint {
  const servers = bootstrapServers.split(',').map((address) => address.trim());
  return { servers, security: { protocol: 'PLAINTEXT' } };
}

/** The value of Kafka's `bootstrap.servers`. */
export function bootstrapServersOf({ servers }: KafkaEndpoint): string {
  return servers.join(',');
}
