import { join } from 'node:path';
import { startBroker } from '../kafka/embedded-broker.js';
import { listTopics } from '../kafka/topics.js';
import type { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';

/** A broker that can be used until it is disposed. */
export interface OpenBroker extends AsyncDisposable {
  readonly bootstrapServers: string;
  /** The process group of an embedded broker. */
  readonly pid?: number;
  /** Resolves when an embedded broker has ended; never for an external one. */
  readonly ended: Promise<unknown>;
  /** Why an embedded broker is gone; undefined as long as it runs, and for an external one. */
  readonly whyEnded: () => Promise<HarnessError | undefined>;
}

/**
 * The broker of a run: the external one if the experiment names one (checked, never stopped), else an
 * embedded one with its data in `folder`.
 */
export async function openBroker(options: {
  readonly bootstrapServers: string | undefined;
  readonly toolchain: Toolchain;
  readonly folder: string;
  readonly host: Host;
}): Promise<OpenBroker> {
  const { bootstrapServers, toolchain, folder, host } = options;
  if (bootstrapServers !== undefined) {
    await listTopics({ bootstrapServers, signal: host.signal });
    return {
      bootstrapServers,
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
