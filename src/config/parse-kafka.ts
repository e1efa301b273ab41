import { resolve } from 'node:path';
import { serversOf, type KafkaEndpoint, type KafkaSecurity } from '../model/kafka-endpoint.js';
import type { KafkaFile } from './problems/kafka-problems.js';

/** The external cluster of an experiment file. */
export function endpointOf({ bootstrapServers, security }: KafkaFile): KafkaEndpoint {
  return {
    servers: serversOf(bootstrapServers),
    security: security === undefined ? { protocol: 'PLAINTEXT' } : securityOf(security),
  };
}

function securityOf(given: NonNullable<KafkaFile['security']>): KafkaSecurity {
  const { protocol, mechanism, username, password, ca, certificate, key } = given;
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
  };
  return {
    protocol,
    ...(protocol.endsWith('SSL') ? { tls } : {}),
    ...(mechanism === undefined || username === undefined || password === undefined
      ? {}
      : { sasl: { mechanism, username, password } }),
  };
}

/** The endpoint with absolute paths for its certificates and its password files. */
export function withAbsolutePaths(
  { servers, security }: KafkaEndpoint,
  { folder, inText }: { readonly folder: string; readonly inText: (text: string) => string },
): KafkaEndpoint {
  const { protocol, sasl, tls } = security;
  return {
    servers,
    security: {
      protocol,
      ...(tls === undefined
        ? {}
        : {
            tls: Object.fromEntries(
              Object.entries(tls).map(([what, file]) => [what, resolve(folder, String(file))]),
            ),
          }),
      ...(sasl === undefined
        ? {}
        : { sasl: { ...sasl, username: inText(sasl.username), password: inText(sasl.password) } }),
    },
  };
}
