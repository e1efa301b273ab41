import { join } from 'node:path';
import { startBroker } from '../kafka/broker/embedded-broker.js';
import { listTopics } from '../kafka/topics.js';
import type { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { KafkaEndpoint } from '../model/kafka-endpoint.js';
import type { Toolchain } from '../model/toolchain.js';

/** A broker that can be used until it is disposed. */
export interface OpenBroker extends AsyncDisposable {
  readonly endpoint: KafkaEndpoint;
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
    await listTopics({ endpoint, signal: host.signal });
    return {
      endpoint,
      ended: new Promise(() => undefined),
      whyEnded: () => Promise.resolve(undefined),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  return await startBroker({
    kafka: toolchain.kafka,
    java: toolchain.java,
    directory: join(folder, 'broker'),
    env: host.env,
    signal: host.signal,
  });
}
