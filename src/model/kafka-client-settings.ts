import type { KafkaEndpoint, KafkaSecurity } from './kafka-endpoint.js';
import { referencesIn, type SecretReference } from './secret.js';

/** Its text, not its path, as executors need not find the file where they are (KIP-651, since Kafka 2.7). */
const authority = 'ssl.truststore.certificates';

/**
 * What a Java client of Kafka needs besides the servers, by its setting's name (Kafka's documentation, "Security");
 * empty for PLAINTEXT. Passwords stay references, and so do certificates and keys.
 */
function clientSettings({ protocol, sasl, tls }: KafkaSecurity): Map<string, string> {
  if (protocol === 'PLAINTEXT') return new Map();
  return new Map([
    ['security.protocol', protocol],
    ...(sasl === undefined ? [] : saslSettings(sasl)),
    ...(tls === undefined ? [] : tlsSettings(tls)),
  ]);
}

/** The same as options of Spark's Kafka source and sink. */
export function sparkKafkaOptions({ security }: KafkaEndpoint): Map<string, string> {
  return new Map([...clientSettings(security)].map(([key, value]) => [`kafka.${key}`, value]));
}

/** The references to passwords and keys in the client's settings; an authority's certificate is no secret. */
export function clientReferences({ security }: Pick<KafkaEndpoint, 'security'>): SecretReference[] {
  return [...clientSettings(security)].flatMap(([key, value]) =>
    key === authority ? [] : referencesIn(value),
  );
}

function saslSettings({
  mechanism,
  username,
  password,
}: NonNullable<KafkaSecurity['sasl']>): [string, string][] {
  const login =
    mechanism === 'PLAIN'
      ? 'org.apache.kafka.common.security.plain.PlainLoginModule'
      : 'org.apache.kafka.common.security.scram.ScramLoginModule';
  return [
    ['sasl.mechanism', mechanism],
    ['sasl.jaas.config', `${login} required username="${username}" password="${password}";`],
  ];
}

function tlsSettings({
  ca,
  certificate,
  key,
}: NonNullable<KafkaSecurity['tls']>): [string, string][] {
  return [
    ...pairs(ca, (file) => [
      ['ssl.truststore.type', 'PEM'],
      [authority, `\${file:${file}}`],
    ]),
    ...pairs(certificate, (file) => [
      ['ssl.keystore.type', 'PEM'],
      ['ssl.keystore.certificate.chain', `\${file:${file}}`],
    ]),
    ...pairs(key, (file) => [['ssl.keystore.key', `\${file:${file}}`]]),
  ];
}

function pairs(
  file: string | undefined,
  settings: (file: string) => [string, string][],
): [string, string][] {
  return file === undefined ? [] : settings(file);
}
