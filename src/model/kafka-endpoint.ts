/** Where a Kafka cluster is, and how to connect to it. */
export interface KafkaEndpoint {
  /** `HOST:PORT` of one or more of its brokers. */
  readonly servers: readonly string[];
  readonly security: KafkaSecurity;
}

/** How to connect; passwords are references (`${env:NAME}`, `${file:PATH}`) until a client needs them. */
export interface KafkaSecurity {
  readonly protocol: SecurityProtocol;
  /** For the SASL protocols. */
  readonly sasl?: KafkaSasl;
  /** For the SSL protocols. */
  readonly tls?: KafkaTls;
}

/** Kafka's `security.protocol`. */
export type SecurityProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

/** Kafka's `sasl.mechanism`. */
export type SaslMechanism = 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

interface KafkaSasl {
  readonly mechanism: SaslMechanism;
  readonly username: string;
  readonly password: string;
}

/** PEM files. Without `ca`, the authorities that the client trusts by itself. */
interface KafkaTls {
  readonly ca?: string;
  /** Of this client, for brokers that ask for one. */
  readonly certificate?: string;
  readonly key?: string;
}

/** Returns an endpoint without encryption, from `HOST:PORT[,HOST:PORT…]`, the format of Kafka's `bootstrap.servers`. */
export function plaintextEndpoint(bootstrapServers: string): KafkaEndpoint {
  return { servers: serversOf(bootstrapServers), security: { protocol: 'PLAINTEXT' } };
}

/** The brokers in `HOST:PORT[,HOST:PORT…]`. */
export function serversOf(bootstrapServers: string): string[] {
  return bootstrapServers.split(',').map((address) => address.trim());
}

/** The value for Kafka's `bootstrap.servers`. */
export function bootstrapServersOf({ servers }: KafkaEndpoint): string {
  return servers.join(',');
}
