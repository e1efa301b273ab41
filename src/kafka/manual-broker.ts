import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import { bootstrapServersOf, plaintextEndpoint } from '../model/kafka-endpoint.js';
import type { ProcessIdentity } from '../model/process-identity.js';
import { endGroup } from '../process/process-group.js';
import { identify, isAlive } from '../process/process-identity.js';
import { waitUntil } from '../process/wait-until.js';
import { writeFileSafely } from '../process/write-file-safely.js';
import type { KafkaProcess } from './broker-process.js';
import { startBroker } from './embedded-broker.js';
import { listTopics } from './topics.js';

/** The broker that `kafka up` left running. */
interface ManualBroker {
  readonly bootstrapServers: string;
  readonly logFile: string;
  readonly process: ProcessIdentity;
}

export type BrokerStatus =
  | { readonly running: false }
  | {
      readonly running: true;
      readonly bootstrapServers: string;
      readonly topics: readonly string[];
    };

/** Starts a broker that outlives this program. Throws PORT_IN_USE. */
export async function startManualBroker(
  options: KafkaProcess & { readonly port: number },
): Promise<ManualBroker> {
  const broker = await startBroker({ ...options, outlive: true });
  const process = await identify(broker.pid);
  if (process === undefined) throw new Error('the broker ended right after its start');
  const { endpoint, logFile } = broker;
  const started = { bootstrapServers: bootstrapServersOf(endpoint), logFile, process };
  await writeFileSafely(stateFile(options.directory), JSON.stringify(started));
  return started;
}

/** Throws PORT_IN_USE if a broker already runs in the directory. */
export async function refuseSecondBroker(directory: string): Promise<void> {
  const running = await readManualBroker(directory);
  if (running === undefined) return;
  throw new HarnessError({
    code: 'PORT_IN_USE',
    message: `A streamtune broker is already running at ${running.bootstrapServers}.`,
    hint: 'Use it, or stop it first: streamtune kafka down',
  });
}

/** Stops the broker of a directory and removes its data; returns false if none was running. */
export async function stopManualBroker(directory: string, signal: AbortSignal): Promise<boolean> {
  const broker = await readManualBroker(directory);
  if (broker !== undefined) {
    const ended = waitUntil({
      what: 'the broker ends',
      timeoutMs: 30_000,
      signal,
      check: async () => ((await isAlive(broker.process)) ? undefined : true),
    });
    await endGroup(broker.process.pid, ended, 30_000);
  }
  await rm(directory, { recursive: true, force: true });
  return broker !== undefined;
}

/** Returns whether the broker runs, and its topics. Throws BROKER_UNREACHABLE if it runs but does not respond. */
export async function brokerStatus(directory: string, signal: AbortSignal): Promise<BrokerStatus> {
  const broker = await readManualBroker(directory);
  if (broker === undefined) return { running: false };
  const { bootstrapServers } = broker;
  const topics = await listTopics({ endpoint: plaintextEndpoint(bootstrapServers), signal });
  return { running: true, bootstrapServers, topics };
}

/** The broker that is still alive; undefined if none is. */
async function readManualBroker(directory: string): Promise<ManualBroker | undefined> {
  const text = await readFile(stateFile(directory), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const broker = JSON.parse(text) as ManualBroker;
  return (await isAlive(broker.process)) ? broker : undefined;
}

function stateFile(directory: string): string {
  return join(directory, 'broker.json');
}
