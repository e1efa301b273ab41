import type { SecuredListener } from '../../src/kafka/broker/broker-config.js';
import type { Broker } from '../../src/kafka/broker/embedded-broker.js';
import type {
  KafkaSecurity,
  SaslMechanism,
  SecurityProtocol,
} from '../../src/model/kafka-endpoint.js';
import { storePassword, type Certificates } from './certificates.js';
import { realBroker } from './real-broker.js';

export interface User {
  readonly name: string;
  readonly password: string;
}

/** Its password is of this process, as tests beside it look for theirs on every command line. */
export function ownUser(name: string): User {
  return { name, password: `${name}-password-${String(process.pid)}` };
}

/** May read and write everything. */
export const tuner = ownUser('tuner');
/** May log in, and nothing else. */
export const guest = ownUser('guest');

/** How a user logs in at a secured broker. */
export function loginAs({ ca }: Pick<Certificates, 'ca'>, { name, password }: User): KafkaSecurity {
  const sasl = { mechanism: 'SCRAM-SHA-512', username: name, password } as const;
  return { protocol: 'SASL_SSL', tls: { ca }, sasl };
}

interface WayIn {
  readonly protocol: SecurityProtocol;
  /** For the SASL protocols. */
  readonly mechanism?: SaslMechanism;
}

/** How the one who may do everything gets in this way. */
export function loginBy(
  { protocol, mechanism }: WayIn,
  { ca }: Pick<Certificates, 'ca'>,
): KafkaSecurity {
  const { name, password } = tuner;
  return {
    protocol,
    ...(mechanism === undefined ? {} : { sasl: { mechanism, username: name, password } }),
    ...(protocol.endsWith('SSL') ? { tls: { ca } } : {}),
  };
}

/** What makes a broker ask its clients for a certificate. */
export function clientCertificates({ ca }: Pick<Certificates, 'ca'>): Record<string, string> {
  return {
    'listener.name.client.ssl.client.auth': 'required',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': ca,
  };
}

interface SecuredBrokerOptions {
  /** Of the listener of its clients; default: SASL_SSL. */
  readonly protocol?: SecurityProtocol;
  /** Users of SCRAM besides. */
  readonly users?: readonly User[];
  /** Settings of the broker besides. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A real broker whose clients come by TLS and log in by SCRAM, with the rights of Kafka's own authorizer. */
export async function securedBroker(
  folder: string,
  certificates: Certificates,
  { protocol = 'SASL_SSL', users = [], settings = {} }: SecuredBrokerOptions = {},
): Promise<Broker> {
  const secured: SecuredListener = {
    security: { ...loginAs(certificates, tuner), protocol },
    settings: {
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': certificates.keyStore,
      'ssl.keystore.password': storePassword,
      'ssl.key.password': storePassword,
      'sasl.enabled.mechanisms': 'SCRAM-SHA-512,SCRAM-SHA-256,PLAIN',
      'listener.name.client.scram-sha-512.sasl.jaas.config':
        'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      'listener.name.client.scram-sha-256.sasl.jaas.config':
        'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      'listener.name.client.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${tuner.name}="${tuner.password}";`,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': `User:ANONYMOUS;User:${tuner.name}`,
      ...settings,
    },
    users: [tuner, guest, ...users].flatMap((user) =>
      ['SCRAM-SHA-512', 'SCRAM-SHA-256'].map((mechanism) => ({ mechanism, ...user })),
    ),
  };
  return await realBroker(folder, { secured });
}
