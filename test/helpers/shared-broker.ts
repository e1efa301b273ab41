import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker } from '../../src/kafka/broker/embedded-broker.js';
import { realBroker } from './real-broker.js';

let started: Promise<Broker> | undefined;
let folder: string | undefined;

/**
 * One real broker for all end-to-end tests that only need some broker, started by the first that asks and stopped after
 * the last. Topics of a test begin with a name of its own; a test must not ask what else is there.
 */
export async function sharedBroker(): Promise<Broker> {
  folder ??= mkdtempSync(join(tmpdir(), 'streamtune-shared-broker-'));
  started ??= realBroker(folder);
  return await started;
}

after(async () => {
  await (await started)?.[Symbol.asyncDispose]();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});
