import { join } from 'node:path';
import { startBroker } from '../kafka/broker/embedded-broker.js';
import { listTopics } from '../kafka/topics.js';
import type { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { KafkaEndpoint } from '../model/kafka-endpoint.js';
import type { Toolchain } from '../model/toolchain.js';
import { withSecrets } from '../process/secrets.js';
import { findBrokerArchive } from './find-broker-archive.js';

/** A broker that can be used until it is disposed. */
export interface OpenBroker extends AsyncDisposable {
  readonly endpoint: KafkaEndpoint;
  /** The same with its passwords, for a client in this process. */
  readonly login: KafkaEndpoint;
  /** The process group of an embedded broker. */
  readonly pid?: number;
  /** Resolves when an embedded broker has ended; never for an external one. */
  readonly ended: Promise<unknown>;
  /** Why an embedded broker has ended; undefined while it runs, and for an external one. */
  readonly whyEnded: () => Promise<HarnessError | undefined>;
}

/**
 * Opens the broker of a run: the external one if the experiment names one (checked, never stopped), else an embedded
 * one with its data in `folder`.
 */
export async function openBroker(options: {
  /** An external cluster; undefined for an embedded broker. */
  readonly endpoint: KafkaEndpoint | undefined;
  readonly toolchain: Toolchain;
  readonly folder: string;
  readonly host: Host;
}): Promise<OpenBroker> {
  const { endpoint, toolchain, folder, host } = options;
  if (endpoint !== undefined) {
    const login = await withPasswords(endpoint, host.env);
    await listTopics({ endpoint: login, signal: host.signal });
    return {
      ...{ endpoint, login },
      ended: new Promise(() => undefined),
      whyEnded: () => Promise.resolve(undefined),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const broker = await startBroker({
    kafka: toolchain.kafka,
    java: toolchain.java,
    directory: join(folder, 'broker'),
    env: host.env,
    signal: host.signal,
    archive: await findBrokerArchive(toolchain, host),
  });
  return { ...broker, login: broker.endpoint };
}

/** The endpoint with what its references to a name and a password stand for. Throws SECRET_MISSING. */
export async function withPasswords(
  endpoint: KafkaEndpoint,
  env: Host['env'],
): Promise<KafkaEndpoint> {
  const { sasl } = endpoint.security;
  if (sasl === undefined) return endpoint;
  const [username, password] = await Promise.all(
    [sasl.username, sasl.password].map((text) => withSecrets(text, env)),
  );
  const { security } = endpoint;
  return {
    ...endpoint,
    security: {
      ...security,
      sasl: { ...sasl, username: username ?? '', password: password ?? '' },
    },
  };
}
