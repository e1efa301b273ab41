import { readFileSync } from 'node:fs';
import type { KafkaConfig, SASLOptions } from 'kafkajs';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { KafkaSecurity } from '../model/kafka-endpoint.js';

/** What kafkajs needs to log in. Throws BROKER_LOGIN for a certificate or key that cannot be read. */
export function loginOf({ protocol, sasl, tls }: KafkaSecurity): Pick<KafkaConfig, 'sasl' | 'ssl'> {
  return {
    ...(protocol === 'SSL' || protocol === 'SASL_SSL' ? { ssl: certificates(tls ?? {}) } : {}),
    ...(sasl === undefined ? {} : { sasl: saslOptions(sasl) }),
  };
}

function certificates({ ca, certificate, key }: NonNullable<KafkaSecurity['tls']>) {
  return {
    ...(ca === undefined ? {} : { ca: [pem(ca)] }),
    ...(certificate === undefined ? {} : { cert: pem(certificate) }),
    ...(key === undefined ? {} : { key: pem(key) }),
  };
}

function pem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new HarnessError({
      code: 'BROKER_LOGIN',
      message: `${file} cannot be read: ${messageOf(error)}.`,
      hint: 'Correct kafka.security, or the file of --command-config: certificates and keys are PEM files.',
    });
  }
}

const mechanisms = {
  PLAIN: 'plain',
  'SCRAM-SHA-256': 'scram-sha-256',
  'SCRAM-SHA-512': 'scram-sha-512',
} as const;

function saslOptions(sasl: NonNullable<KafkaSecurity['sasl']>): SASLOptions {
  const { username, password } = sasl;
  return { mechanism: mechanisms[sasl.mechanism], username, password };
}

/** Why a broker that responds is not logged in to, as a sentence with what to do; undefined for any other error. */
export function loginProblem(error: unknown, security: KafkaSecurity): LoginProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'KafkaJSSASLAuthenticationError') {
    return {
      message: `refuses the login of ${security.sasl?.username ?? 'nobody'}: ${brokersWords(error)}`,
      hint: 'Check mechanism, username and password (kafka.security, or the file of --command-config), and that this broker knows the user.',
    };
  }
  const { code, type } = error as { readonly code?: unknown; readonly type?: unknown };
  const problem = tlsProblems[String(code)] ?? saslProblems[String(type)];
  if (problem === unknownAuthority) return otherAuthority(security.tls?.ca);
  const inner = error.cause ?? (error as { errors?: unknown[] }).errors?.[0];
  return problem ?? loginProblem(inner, security);
}

/** Without what kafkajs and Kafka put before them. */
function brokersWords({ message }: Error): string {
  return message
    .replace(/^SASL [\w -]+ authentication failed: /, '')
    .replace(/^Authentication failed(?:: | during authentication due to )/, '');
}

interface LoginProblem {
  readonly message: string;
  readonly hint: string;
}

const unknownAuthority: LoginProblem = {
  message: 'has a certificate of an authority that is not trusted',
  hint: 'Name the PEM file of its authority as kafka.security.ca, or as ssl.truststore.location with --command-config.',
};

/** `ca`: the authority that is trusted instead. */
function otherAuthority(ca: string | undefined): LoginProblem {
  if (ca === undefined) return unknownAuthority;
  return {
    message: `has a certificate of another authority than ${ca}, which is not trusted`,
    hint: unknownAuthority.hint,
  };
}

const wantsCertificate: LoginProblem = {
  message: "asks for this client's own certificate, or does not accept it",
  hint: 'Name one that the broker trusts: kafka.security.certificate and key, or ssl.keystore.location with --command-config.',
};

/** By the name of Kafka's error. */
const saslProblems: Readonly<Record<string, LoginProblem>> = {
  ILLEGAL_SASL_STATE: {
    message: 'takes no login at this address',
    hint: 'Use the address where it does, or PLAINTEXT or SSL as kafka.security.protocol, or as security.protocol with --command-config.',
  },
  UNSUPPORTED_SASL_MECHANISM: {
    message: 'takes no login by this mechanism',
    hint: 'Name one that it takes as kafka.security.mechanism, or as sasl.mechanism with --command-config: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.',
  },
};

/** By the code of Node's TLS error; those with ALERT are what the broker says of this client. */
const tlsProblems: Readonly<Record<string, LoginProblem>> = {
  CERT_HAS_EXPIRED: {
    message: 'has a certificate that has expired',
    hint: 'Its certificate has to be renewed; check the clock of this machine, too.',
  },
  CERT_NOT_YET_VALID: {
    message: 'has a certificate that is not valid yet',
    hint: 'Check the clock of this machine, and of the one that signed the certificate.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    message: 'has a certificate for another host name',
    hint: 'Use the name in the certificate in kafka.bootstrapServers.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: wantsCertificate,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: wantsCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: wantsCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: wantsCertificate,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: wantsCertificate,
};
