import { lstat, rm } from 'node:fs/promises';
import { HarnessError } from '../model/harness-error.js';
import type { ProcessIdentity } from '../model/process-identity.js';
import { acquireLock } from '../process/lock-file.js';
import { endLeftOver } from '../process/groups/left-over-group.js';
import { identify, isAlive } from '../process/groups/process-identity.js';
import { runningPrograms } from '../process/table/running-programs.js';
import { askMaster, type MasterView } from './ask-master.js';
import { isOfCluster } from './cluster-process.js';
import { readClusterState, writeClusterState, type ManualCluster } from './cluster-state.js';
import { startCluster, type ClusterOptions } from './start-cluster.js';

interface ManualOptions {
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Called once, if another streamtune is starting or stopping the cluster. */
  readonly onWait: (holder: ProcessIdentity) => void;
}

export type ClusterStatus =
  | { readonly running: false }
  | { readonly running: true; readonly cluster: ManualCluster; readonly view: MasterView };

/**
 * Starts a cluster that outlives this program. Waits while another streamtune starts or stops one. Throws
 * CLUSTER_RUNNING if there is one already, PORT_IN_USE and CLUSTER_NOT_READY.
 */
export async function startManualCluster(
  options: ClusterOptions & ManualOptions,
): Promise<ManualCluster> {
  const { directory, workers, toolchain } = options;
  await using _lock = await clusterLock(options);
  await refuseSecondCluster(directory);
  const { master, webUi } = await startCluster({ ...options, outlive: true });
  const state = { master, webUi, workers, sparkVersion: toolchain.spark.version };
  await writeClusterState(directory, state);
  return state;
}

/** Throws CLUSTER_RUNNING if a process of the folder's cluster lives. */
export async function refuseSecondCluster(directory: string): Promise<void> {
  if ((await processesOf(directory)).length === 0) return;
  const state = await readClusterState(directory);
  throw new HarnessError({
    code: 'CLUSTER_RUNNING',
    message: `A Spark cluster of streamtune is already running${state === undefined ? '' : ` at ${state.master}`}.`,
    hint: 'Use it, or stop it first: streamtune cluster down',
  });
}

/**
 * Stops master, workers and executors of a folder's cluster, and removes the folder; returns false if none was running.
 * Throws CLUSTER_RUNNING if something of it cannot be stopped.
 */
export async function stopManualCluster(options: ManualOptions): Promise<boolean> {
  const { directory } = options;
  const before = await processesOf(directory);
  const isThere = await lstat(directory).catch(() => undefined);
  if (before.length === 0 && isThere === undefined) return false;
  await using _lock = await clusterLock(options);
  const found = await processesOf(directory);
  // An executor is a child of its worker, in the same process group.
  await Promise.all(found.map(endLeftOver));
  for (const one of found) if (await isAlive(one)) throw stays(one);
  await rm(directory, { recursive: true, force: true });
  return found.length > 0;
}

/** What the cluster's master says. Throws CLUSTER_UNREACHABLE if it does not answer, although something of it runs. */
export async function clusterStatus(
  directory: string,
  signal: AbortSignal,
): Promise<ClusterStatus> {
  const found = await processesOf(directory);
  if (found.length === 0) return { running: false };
  const cluster = await readClusterState(directory);
  const view = cluster === undefined ? undefined : await askMaster(cluster.webUi, signal);
  if (cluster !== undefined && view !== undefined) return { running: true, cluster, view };
  const pids = found.map(({ pid }) => String(pid)).join(', ');
  throw new HarnessError({
    code: 'CLUSTER_UNREACHABLE',
    message: `Processes of the Spark cluster run (${pids}), but its master does not answer.`,
    hint: 'Stop what runs: streamtune cluster down',
  });
}

/** The cluster that runs in a folder, as far as its file tells. */
export async function runningCluster(directory: string): Promise<ManualCluster | undefined> {
  return (await processesOf(directory)).length === 0 ? undefined : readClusterState(directory);
}

/** By the arguments of the running processes, so that they are found without the state file. */
async function processesOf(directory: string): Promise<ProcessIdentity[]> {
  const programs = await runningPrograms();
  const own = programs.filter(({ args }) => isOfCluster(args, directory));
  const found = await Promise.all(own.map(({ pid }) => identify(pid)));
  return found.filter((one) => one !== undefined);
}

function stays({ pid }: ProcessIdentity): HarnessError {
  return new HarnessError({
    code: 'CLUSTER_RUNNING',
    message: `Process ${String(pid)} of the Spark cluster cannot be stopped.`,
    hint: `Stop it as the user that started it: kill ${String(pid)}`,
  });
}

async function clusterLock({ directory, signal, onWait }: ManualOptions): Promise<AsyncDisposable> {
  return await acquireLock({ file: `${directory}.lock`, timeoutMs: 300_000, signal, onWait });
}
