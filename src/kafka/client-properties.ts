import { dirname, resolve } from 'node:path';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { KafkaSecurity, SaslMechanism, SecurityProtocol } from '../model/kafka-endpoint.js';
import { readRegularFile } from '../process/files/read-regular-file.js';
import { parseProperties } from './parse-properties.js';

type Properties = ReadonlyMap<string, string>;

/**
 * How to connect, from the file of settings that Kafka's own tools take as `--command-config`; what has to do with neither
 * TLS nor the login is left aside. Relative paths count from the file's folder. Throws USAGE for a file that cannot be read,
 * or that asks for what there is no client for here.
 */
export async function readClientProperties(file: string): Promise<KafkaSecurity> {
  const text = await readRegularFile(file, { maxBytes: 2 ** 20 }).catch((error: unknown) => {
    throw unusable(file, `cannot be read: ${messageOf(error)}`);
  });
  const properties = parseProperties(text);
  const protocol = properties.get('security.protocol') ?? 'PLAINTEXT';
  if (!isProtocol(protocol)) {
    throw unusable(file, `has the security.protocol ${protocol}, which Kafka does not know`);
  }
  return {
    protocol,
    ...(protocol.endsWith('SSL') ? { tls: tlsOf(file, properties) } : {}),
    ...(protocol.startsWith('SASL') ? { sasl: saslOf(file, properties) } : {}),
  };
}

const protocols: readonly SecurityProtocol[] = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
const mechanisms: readonly SaslMechanism[] = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'];

function isProtocol(text: string): text is SecurityProtocol {
  return protocols.some((one) => one === text);
}

/** Stores of Java's own kinds would need Java to be read. */
function tlsOf(file: string, properties: Properties): NonNullable<KafkaSecurity['tls']> {
  const path = (store: 'truststore' | 'keystore') => {
    const location = properties.get(`ssl.${store}.location`);
    const type = properties.get(`ssl.${store}.type`) ?? 'JKS';
    if (location !== undefined && type !== 'PEM') {
      throw unusable(
        file,
        `has an ssl.${store} of the type ${type}, and only PEM can be read here`,
        `Export it as PEM, and set ssl.${store}.type=PEM and ssl.${store}.location to that file.`,
      );
    }
    return location === undefined ? undefined : resolve(dirname(file), location);
  };
  for (const key of ['ssl.truststore.certificates', 'ssl.keystore.key', 'ssl.key.password']) {
    if (properties.has(key)) {
      throw unusable(
        file,
        `sets ${key}, which is not read here`,
        'Name unencrypted PEM files with ssl.truststore.location and ssl.keystore.location.',
      );
    }
  }
  const [ca, own] = [path('truststore'), path('keystore')];
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(own === undefined ? {} : { certificate: own, key: own }),
  };
}

function saslOf(file: string, properties: Properties): NonNullable<KafkaSecurity['sasl']> {
  const given = properties.get('sasl.mechanism') ?? 'GSSAPI';
  const mechanism = mechanisms.find((one) => one === given);
  if (mechanism === undefined) {
    throw unusable(
      file,
      `has the sasl.mechanism ${given}; known here are ${mechanisms.join(', ')}`,
    );
  }
  const jaas = properties.get('sasl.jaas.config') ?? '';
  const [username, password] = ['username', 'password'].map((name) => jaasOption(jaas, name));
  if (username === undefined || password === undefined) {
    throw unusable(file, 'has no sasl.jaas.config with a username="…" and a password="…"');
  }
  return { mechanism, username, password };
}

/** The value of an option of a login module, in quotes as Java's `ConfigFile` reads it, or bare. */
function jaasOption(jaas: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`).exec(jaas);
  return found?.[1]?.replaceAll(/\\(.)/g, '$1') ?? found?.[2];
}

function unusable(file: string, what: string, hint?: string): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: `${file} ${what}.`,
    hint:
      hint ??
      "Give --command-config the file that Kafka's own tools take, with security.protocol, sasl.mechanism and sasl.jaas.config.",
  });
}
