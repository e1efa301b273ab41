import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startBroker } from '../kafka/embedded-broker.js';
import { listTopics } from '../kafka/topics.js';
import { HarnessError } from '../model/harness-error.js';
import type { ProcessIdentity } from '../model/process-identity.js';
import type { Host } from '../model/host.js';
import { identify, isAlive } from '../process/process-identity.js';
import { endGroup } from '../process/process-group.js';
import { waitUntil } from '../process/wait-until.js';
import { writeFileSafely } from '../store/write-file-safely.js';
import { cacheFolder } from '../toolchain/cache-folder.js';
import { setUp } from './set-up.js';

/** The broker that `kafka up` left running. */
interface HandBroker {
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

/** Starts a broker that outlives this program. Throws PORT_IN_USE, also if one is running already. */
export async function startHandBroker(
  host: Host,
  port: number,
  onStep: (text: string) => void,
): Promise<HandBroker> {
  const running = await readHandBroker(host);
  if (running !== undefined) {
    throw new HarnessError({
      code: 'PORT_IN_USE',
      message: `A broker of streamtune is running already at ${running.bootstrapServers}.`,
      hint: 'Use it, or stop it first with: streamtune kafka down',
    });
  }
  const { kafka, java } = await setUp(host, undefined, onStep);
  const { env, signal } = host;
  onStep('Starting Kafka');
  const directory = brokerFolder(host);
  const broker = await startBroker({ kafka, java, directory, port, env, signal, outlive: true });
  const process = await identify(broker.pid);
  if (process === undefined) throw new Error('the broker ended right after its start');
  const { bootstrapServers, logFile } = broker;
  const started = { bootstrapServers, logFile, process };
  await writeFileSafely(stateFile(host), JSON.stringify(started));
  return started;
}

/** Stops it and removes its data; false if none was running. */
export async function stopHandBroker(host: Host): Promise<boolean> {
  const broker = await readHandBroker(host);
  if (broker !== undefined) {
    const ended = waitUntil({
      what: 'the broker ends',
      timeoutMs: 30_000,
      signal: host.signal,
      check: async () => ((await isAlive(broker.process)) ? undefined : true),
    });
    await endGroup(broker.process.pid, ended, 30_000);
  }
  await rm(brokerFolder(host), { recursive: true, force: true });
  return broker !== undefined;
}

/** Whether it runs, and what it holds. Throws BROKER_UNREACHABLE if it runs without an answer. */
export async function brokerStatus(host: Host): Promise<BrokerStatus> {
  const broker = await readHandBroker(host);
  if (broker === undefined) return { running: false };
  const { bootstrapServers } = broker;
  const topics = await listTopics({ bootstrapServers, signal: host.signal });
  return { running: true, bootstrapServers, topics };
}

/** The broker that still lives; undefined for none. */
async function readHandBroker(host: Host): Promise<HandBroker | undefined> {
  const text = await readFile(stateFile(host), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const broker = JSON.parse(text) as HandBroker;
  return (await isAlive(broker.process)) ? broker : undefined;
}

function brokerFolder(host: Host): string {
  return join(cacheFolder(host.env), 'broker');
}

function stateFile(host: Host): string {
  return join(brokerFolder(host), 'broker.json');
}
