import { join } from 'node:path';
import { findBrokerArchive } from '../../src/execution/find-broker-archive.js';
import { startBroker, type Broker } from '../../src/kafka/broker/embedded-broker.js';
import type { ClassArchive } from '../../src/model/class-archive.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { ensureToolchain } from '../../src/toolchain/ensure-toolchain.js';
import { findArchive } from '../../src/run/archive/find-archive.js';
import { testHost } from './test-host.js';

/** The toolchain that `npm test` has set up. */
export async function realToolchain(sparkVersion?: string): Promise<Toolchain> {
  return await ensureToolchain({
    host: testHost().host,
    onStep: () => undefined,
    ...(sparkVersion === undefined ? {} : { sparkVersion }),
  });
}

/** The class archive that `npm test` has made. */
export async function realArchive(toolchain: Toolchain): Promise<ClassArchive> {
  const found = await findArchive(toolchain, testHost().host);
  if (found.kind !== 'ready')
    throw new Error(`no class archive (${found.kind}); \`streamtune setup\` makes it`);
  return found.archive;
}

/** A real broker with its data below the folder. */
export async function realBroker(
  folder: string,
  options: Partial<Parameters<typeof startBroker>[0]> = {},
): Promise<Broker> {
  const { kafka, java } = await realToolchain();
  const { host } = testHost();
  const archive = await findBrokerArchive({ kafka, java }, host);
  const { env, signal } = host;
  return await startBroker({
    kafka,
    java,
    directory: join(folder, 'broker'),
    env,
    signal,
    archive,
    ...options,
  });
}
