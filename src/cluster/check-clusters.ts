import { connect } from 'node:net';
import { once } from 'node:events';
import type { Configuration } from '../model/configuration.js';
import { HarnessError } from '../model/harness-error.js';
import { mastersOf, targetOf } from '../model/target.js';
import { askMaster, type MasterView } from './ask-master.js';
import { roomProblems, type RoomProblem } from './check-room.js';
import { runningCluster } from './manual-cluster.js';

interface CheckOptions {
  readonly signal: AbortSignal;
  /** Where `cluster up` keeps its cluster. */
  readonly directory: string;
  /** The pages of the masters, where they are not on port 8080. */
  readonly masterUi?: string | undefined;
  /** Called with what could not be found out, or may change until the first trial. */
  readonly note: (text: string) => void;
}

/**
 * Asks each standalone cluster of a run whether it is there and has room for one executor of each configuration: Spark
 * itself would wait for ever. Throws CLUSTER_UNREACHABLE and CLUSTER_TOO_SMALL.
 */
export async function checkClusters(
  configurations: readonly Configuration[],
  options: CheckOptions,
): Promise<void> {
  const byMaster = new Map<string, Configuration[]>();
  for (const one of configurations) {
    const { kind, master } = targetOf(one.knobs);
    if (kind === 'standalone') byMaster.set(master, [...(byMaster.get(master) ?? []), one]);
  }
  for (const [master, own] of byMaster) await checkCluster(master, own, options);
}

async function checkCluster(
  master: string,
  configurations: readonly Configuration[],
  options: CheckOptions,
): Promise<void> {
  const { note } = options;
  const places = mastersOf(master);
  const answers = await Promise.all(places.map((place) => listens(place, options.signal)));
  if (!answers.includes(true)) throw unreachable(master);
  const view = await viewOf(master, options);
  if (view === undefined) {
    note(
      `The page of the master ${master} was not found, so whether its workers have room for an executor is not checked. spark.masterUi says where it is.`,
    );
    return;
  }
  const problems = roomProblems(configurations, view);
  const [first] = problems.filter(({ isTaken }) => !isTaken);
  if (first !== undefined) throw tooSmall(master, problems);
  const [taken] = problems;
  if (taken !== undefined) note(`${master} is busy. ${taken.id}: ${taken.text}`);
}

/** What the master that is in charge says, by the first page that is one of this cluster. */
async function viewOf(
  master: string,
  { signal, directory, masterUi }: CheckOptions,
): Promise<MasterView | undefined> {
  const own = await runningCluster(directory);
  const known = own?.master === master ? [own.webUi] : [];
  const usual = mastersOf(master).map(({ host }) => `http://${host}:8080`);
  const pages = masterUi === undefined ? [...known, ...usual] : [masterUi];
  for (const page of pages) {
    const view = await askMaster(page, signal);
    if (view?.status !== 'ALIVE') continue;
    // Another program of Spark, or another cluster's master, may have the usual port.
    if (masterUi !== undefined || sharesPort(view.url, master)) return view;
  }
  return undefined;
}

/** A master may call itself by another name than the experiment does. */
function sharesPort(url: string, master: string): boolean {
  const ports = new Set(mastersOf(master).map(({ port }) => port));
  return mastersOf(url).some(({ port }) => ports.has(port));
}

const patienceMs = 5_000;

async function listens(
  { host, port }: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<boolean> {
  const socket = connect({ host: host.replace(/^\[(.*)\]$/, '$1'), port });
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    await once(socket, 'connect', { signal: within });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function unreachable(master: string): HarnessError {
  return new HarnessError({
    code: 'CLUSTER_UNREACHABLE',
    message: `No Spark master answers at ${master}.`,
    hint: 'Correct spark.master, or start one on this machine: streamtune cluster up',
  });
}

function tooSmall(master: string, problems: readonly RoomProblem[]): HarnessError {
  const lines = problems.map(({ id, text }) => `${id}: ${text}`);
  return new HarnessError({
    code: 'CLUSTER_TOO_SMALL',
    message: `${master} has no room for an executor of ${String(problems.length)} of the configurations, and Spark would wait for ever:\n    ${lines.join('\n    ')}`,
    hint: 'Lower spark.executor.memory or spark.executor.cores, or add a larger worker (streamtune cluster up --cores --memory).',
  });
}
