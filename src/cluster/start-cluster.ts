import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { HarnessError } from '../model/harness-error.js';
import { readRegularFile } from '../process/files/read-regular-file.js';
import { startService, type Service } from '../process/service.js';
import { waitUntil } from '../process/wait-until.js';
import { askMaster, type MasterView } from './ask-master.js';
import {
  clusterFiles,
  masterCommand,
  workerCommand,
  writeClusterFiles,
  type ClusterProcess,
  type WorkerSize,
} from './cluster-process.js';

export interface ClusterOptions extends ClusterProcess {
  /** Of the master on 127.0.0.1; 0 is a free one. */
  readonly port: number;
  readonly workers: number;
  readonly size: WorkerSize;
  /** Lets the cluster outlive this process. */
  readonly outlive?: boolean;
}

/** A cluster all of whose workers have registered. Disposing stops it. */
export interface Cluster extends AsyncDisposable {
  readonly master: string;
  readonly webUi: string;
  /** Master first. */
  readonly pids: readonly number[];
}

const readyWithinMs = 120_000;

/**
 * Starts a master, then its workers, in an emptied folder, and returns once the master lists all of them. Throws
 * PORT_IN_USE, or CLUSTER_NOT_READY with the end of a log; then nothing of it runs any more.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { directory, workers } = options;
  await rm(directory, { recursive: true, force: true }); // an old log would tell of places where nobody listens
  await writeClusterFiles(directory);
  const services: Service[] = [];
  const stop = async () => {
    await Promise.all(
      services.toReversed().map(async (service) => {
        await service.stop();
      }),
    );
  };
  const start = async (command: ReturnType<typeof masterCommand>, logFile: string) => {
    const service = await startService(command, {
      logFile,
      graceMs: 5_000,
      ...(options.outlive === true ? { outlive: true } : {}),
    });
    services.push(service);
    return service;
  };
  const files = clusterFiles(directory);
  try {
    const first = await start(masterCommand(options, options.port), files.masterLog);
    const places = await masterPlaces(first, options);
    for (let number = 1; number <= workers; number += 1) {
      const command = workerCommand(options, { number, ...places, size: options.size });
      await start(command, files.workerLog(number));
    }
    await workersRegistered(places.webUi, services, options);
    return { ...places, pids: services.map(({ pid }) => pid), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As many cores for each worker as the machine has for all of them, at least one. */
export function coresFor(workers: number): number {
  return Math.max(1, Math.floor(cpus().length / workers));
}

/** Where the master listens, by its log. */
async function masterPlaces(
  service: Service,
  { directory, port, signal }: ClusterOptions,
): Promise<{ readonly master: string; readonly webUi: string }> {
  const { masterLog } = clusterFiles(directory);
  const check = async () => {
    const text = await readRegularFile(masterLog);
    const master = /Starting Spark master at (spark:\/\/[\d.]+:\d+)/.exec(text)?.[1];
    // It may name itself localhost there, wherever that leads.
    const uiPort = /MasterWebUI\b.* and started at http:\/\/[^:]+:(\d+)/.exec(text)?.[1];
    if (master !== undefined && uiPort !== undefined) {
      return { master, webUi: `http://127.0.0.1:${uiPort}` };
    }
    if (service.isRunning()) return undefined;
    throw /BindException|Address already in use/.test(text)
      ? portInUse(port)
      : await notReady(service, masterLog);
  };
  return await until('the master listens', { service, logFile: masterLog, signal, check });
}

async function workersRegistered(
  webUi: string,
  services: readonly Service[],
  { directory, workers, signal }: ClusterOptions,
): Promise<MasterView> {
  const files = clusterFiles(directory);
  const logOf = (index: number) => (index === 0 ? files.masterLog : files.workerLog(index));
  const [master] = services;
  if (master === undefined) throw new Error('there is no master');
  const check = async () => {
    const dead = services.findIndex((service) => !service.isRunning());
    const service = services[dead];
    if (service !== undefined) throw await notReady(service, logOf(dead));
    const view = await askMaster(webUi, signal);
    const alive = view?.workers.filter(({ isAlive }) => isAlive).length ?? 0;
    return alive >= workers ? view : undefined;
  };
  const logFile = files.masterLog;
  return await until('the workers register', { service: master, logFile, signal, check });
}

async function until<T>(
  what: string,
  parts: {
    readonly service: Service;
    readonly logFile: string;
    readonly signal: AbortSignal;
    readonly check: () => Promise<T | undefined>;
  },
): Promise<T> {
  const { service, logFile, signal, check } = parts;
  try {
    return await waitUntil({ what, check, timeoutMs: readyWithinMs, signal });
  } catch (error) {
    const late = error instanceof HarnessError && error.code === 'WAIT_TIMEOUT';
    throw late ? await notReady(service, logFile) : error;
  }
}

async function notReady(service: Service, logFile: string): Promise<HarnessError> {
  const tail = await service.logTail(8);
  return new HarnessError({
    code: 'CLUSTER_NOT_READY',
    message: `The Spark cluster did not become ready. The end of ${logFile}:\n    ${tail.join('\n    ')}`,
    hint: 'See the lines above; `streamtune doctor` checks Java, memory and disk.',
  });
}

function portInUse(port: number): HarnessError {
  return new HarnessError({
    code: 'PORT_IN_USE',
    message: `Port ${String(port)} of 127.0.0.1 is in use.`,
    hint: `Choose another with --port, or stop what listens there: ss -ltnp 'sport = :${String(port)}'`,
  });
}
