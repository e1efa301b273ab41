import { lstat, rm } from 'node:fs/promises';
import { HarnessError } from '../../model/harness-error.js';
import { bootstrapServersOf, plaintextEndpoint } from '../../model/kafka-endpoint.js';
import type { BrokerArchive } from '../../model/broker-archive.js';
import type { ProcessIdentity } from '../../model/process-identity.js';
import { acquireLock } from '../../process/lock-file.js';
import { endGroup } from '../../process/groups/process-group.js';
import { identify, isAlive } from '../../process/groups/process-identity.js';
import { waitUntil } from '../../process/wait-until.js';
import type { KafkaProcess } from './broker-process.js';
import { damagedState, writeBrokerState, type ManualBroker } from './broker-state.js';
import { startBroker } from './embedded-broker.js';
import { findBroker, type FoundBroker } from './find-broker.js';
import { listTopics } from '../topics.js';

export type BrokerStatus =
  | { readonly running: false }
  | {
      readonly running: true;
      readonly bootstrapServers: string;
      readonly topics: readonly string[];
    };

interface ManualOptions {
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Called once, if another streamtune is starting or stopping the broker. */
  readonly onWait: (holder: ProcessIdentity) => void;
}

/**
 * Starts a broker that outlives this program. Waits while another streamtune starts or stops one. Throws PORT_IN_USE,
 * and BROKER_RUNNING if one runs on another port.
 */
export async function startManualBroker(
  options: KafkaProcess &
    ManualOptions & { readonly port: number; readonly archive?: BrokerArchive | undefined },
): Promise<ManualBroker> {
  const { directory } = options;
  await using _lock = await brokerLock(options);
  await refuseSecondBroker(options);
  const broker = await startBroker({ ...options, outlive: true });
  const process = await identify(broker.pid);
  if (process === undefined) {
    throw (await broker.whyEnded()) ?? new Error('the broker ended right after its start');
  }
  const { endpoint, logFile } = broker;
  const started = { bootstrapServers: bootstrapServersOf(endpoint), logFile, process };
  await writeBrokerState(directory, started);
  return started;
}

/** Throws PORT_IN_USE if a broker of the directory has this port, and BROKER_RUNNING if it has another one. */
export async function refuseSecondBroker(options: {
  readonly directory: string;
  readonly port: number;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { directory, port, signal } = options;
  const found = await findBroker(directory, signal);
  if (found.kind === 'none') return;
  const address = found.bootstrapServers;
  const same = address?.endsWith(`:${String(port)}`) === true;
  throw new HarnessError({
    code: same ? 'PORT_IN_USE' : 'BROKER_RUNNING',
    message: `A streamtune broker is already running${address === undefined ? '' : ` at ${address}`}${same ? '' : `, so none is started on port ${String(port)}`}.`,
    hint: 'Use it, or stop it first: streamtune kafka down',
  });
}

/**
 * Stops the broker of a directory and removes its data; returns false if none was running. Never removes the data of a
 * broker that is still alive: throws BROKER_RUNNING if it cannot be stopped.
 */
export async function stopManualBroker(options: ManualOptions): Promise<boolean> {
  const { directory, signal } = options;
  const before = await findBroker(directory, signal);
  if (before.kind === 'none' && !(await exists(directory))) return false;
  await using _lock = await brokerLock(options);
  const found = await findBroker(directory, signal);
  await stop(found, directory, signal);
  await rm(directory, { recursive: true, force: true });
  return found.kind === 'running';
}

/**
 * Returns whether the broker runs, and its topics. Throws BROKER_UNREACHABLE if it runs but does not respond, and
 * BROKER_STATE_INVALID if what is known of it is damaged.
 */
export async function brokerStatus(directory: string, signal: AbortSignal): Promise<BrokerStatus> {
  const found = await findBroker(directory, signal);
  const damage = await damagedState(directory);
  if (found.kind === 'none' && damage === undefined) return { running: false };
  const bootstrapServers = found.kind === 'none' ? undefined : found.bootstrapServers;
  if (bootstrapServers === undefined) {
    const pid = found.kind === 'running' ? String(found.process.pid) : undefined;
    throw new HarnessError({
      code: 'BROKER_STATE_INVALID',
      message:
        pid === undefined
          ? `${damage ?? ''}, and no broker of streamtune runs.`
          : `A streamtune broker runs as process ${pid}, but the files that say where it listens are lost.`,
      hint: 'Stop what runs and remove what is left: streamtune kafka down',
    });
  }
  const topics = await listTopics({ endpoint: plaintextEndpoint(bootstrapServers), signal });
  return { running: true, bootstrapServers, topics };
}

async function stop(found: FoundBroker, directory: string, signal: AbortSignal): Promise<void> {
  if (found.kind === 'none') return;
  if (found.kind === 'unseen') {
    throw new HarnessError({
      code: 'BROKER_RUNNING',
      message: `A broker at ${found.bootstrapServers} uses the data in ${directory}, but its process cannot be seen from here; its data is kept.`,
      hint: 'Stop it where it was started, for example in the same container, or as the same user.',
    });
  }
  const { pid } = found.process;
  const ended = waitUntil({
    what: 'the broker ends',
    timeoutMs: 30_000,
    signal,
    check: async () => ((await isAlive(found.process)) ? undefined : true),
  });
  ended.catch(() => undefined); // endGroup returns at once where the process may not be signalled
  await endGroup(pid, ended, 30_000);
  if (!(await isAlive(found.process))) return;
  throw new HarnessError({
    code: 'BROKER_RUNNING',
    message: `The broker (process ${String(pid)}) cannot be stopped; its data in ${directory} is kept.`,
    hint: `Stop it as the user that started it: kill ${String(pid)}`,
  });
}

/** Starting takes a minute at most, for each of three ports. */
async function brokerLock({ directory, signal, onWait }: ManualOptions): Promise<AsyncDisposable> {
  return await acquireLock({ file: `${directory}.lock`, timeoutMs: 200_000, signal, onWait });
}

async function exists(directory: string): Promise<boolean> {
  return await lstat(directory).then(
    () => true,
    () => false,
  );
}
