import type { SecuredListener } from '../../src/kafka/broker/broker-config.js';
import type { Broker } from '../../src/kafka/broker/embedded-broker.js';
import type { KafkaSecurity } from '../../src/model/kafka-endpoint.js';
import { storePassword, type Certificates } from './certificates.js';
import { realBroker } from './real-broker.js';

/** May read and write everything. */
export const tuner = { name: 'tuner', password: 'tuner-password' };
/** May log in, and nothing else. */
export const guest = { name: 'guest', password: 'guest-password' };

/** How a user logs in at a secured broker. */
export function loginAs(
  { ca }: Pick<Certificates, 'ca'>,
  { name, password }: typeof tuner,
): KafkaSecurity {
  const sasl = { mechanism: 'SCRAM-SHA-512', username: name, password } as const;
  return { protocol: 'SASL_SSL', tls: { ca }, sasl };
}

/** What makes a broker ask its clients for a certificate. */
export function clientCertificates({ ca }: Pick<Certificates, 'ca'>): Record<string, string> {
  return {
    'listener.name.client.ssl.client.auth': 'required',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': ca,
  };
}

/**
 * A real broker whose clients come by TLS and log in by SCRAM, with the rights of Kafka's own authorizer. `more`: settings
 * of the broker besides.
 */
export async function securedBroker(
  folder: string,
  certificates: Certificates,
  more: Readonly<Record<string, string>> = {},
): Promise<Broker> {
  const secured: SecuredListener = {
    security: loginAs(certificates, tuner),
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
      ...more,
    },
    users: [tuner, guest].flatMap((user) =>
      ['SCRAM-SHA-512', 'SCRAM-SHA-256'].map((mechanism) => ({ mechanism, ...user })),
    ),
  };
  return await realBroker(folder, { secured });
}
