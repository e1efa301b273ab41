import { connect } from 'node:net';
import { once } from 'node:events';
import type { Configuration } from '../model/configuration.js';
import type { Assignment } from '../model/knob.js';
import type { ClusterThen } from '../model/trial/outcome.js';
import { mastersOf, targetOf } from '../model/target.js';
import { askMaster, masterPatienceMs, type MasterView } from './ask-master.js';
import { roomProblems, shortages, type RoomProblem, type Shortage } from './check-room.js';
import { runningCluster } from './manual-cluster.js';

export interface SurveyOptions {
  readonly signal: AbortSignal;
  /** Where `cluster up` keeps its cluster. */
  readonly directory: string;
  /** The pages of the masters, where they are not on port 8080. */
  readonly masterUi?: string | undefined;
  /** How long each answer may take. */
  readonly patienceMs?: number;
}

/** What a standalone cluster says to the configurations that are to run there. */
export interface ClusterSurvey {
  /** `spark.master`. */
  readonly master: string;
  /** Whether a master listens there. */
  readonly answers: boolean;
  /** Null if its page was not found. */
  readonly view: MasterView | null;
  /** The configurations that would wait for an executor. */
  readonly problems: readonly RoomProblem[];
  /** Those that would run with less than they ask for. */
  readonly shortages: readonly Shortage[];
}

/** Asks each standalone cluster of a run what it has; changes nothing there. */
export async function surveyClusters(
  configurations: readonly Configuration[],
  options: SurveyOptions,
): Promise<ClusterSurvey[]> {
  const byMaster = new Map<string, Configuration[]>();
  for (const one of configurations) {
    const { kind, master } = targetOf(one.knobs);
    if (kind === 'standalone') byMaster.set(master, [...(byMaster.get(master) ?? []), one]);
  }
  return await Promise.all(
    [...byMaster].map(([master, own]) => surveyCluster(master, own, options)),
  );
}

/** What the master of a configuration says at this moment of who has its cores; undefined if none could be asked. */
export async function clusterNow(
  knobs: Assignment,
  options: SurveyOptions,
): Promise<ClusterThen | undefined> {
  const { kind, master } = targetOf(knobs);
  const view = kind === 'standalone' ? await viewOf(master, options) : undefined;
  if (view === undefined) return undefined;
  const workersAlive = view.workers.filter(({ isAlive }) => isAlive).length;
  return { workersAlive, holders: view.holders };
}

async function surveyCluster(
  master: string,
  configurations: readonly Configuration[],
  options: SurveyOptions,
): Promise<ClusterSurvey> {
  const answered = await Promise.all(mastersOf(master).map((place) => listens(place, options)));
  const answers = answered.includes(true);
  const view = answers ? ((await viewOf(master, options)) ?? null) : null;
  return {
    ...{ master, answers, view },
    problems: view === null ? [] : roomProblems(configurations, view),
    shortages: view === null ? [] : shortages(configurations, view),
  };
}

/** What the master that is in charge says, by the first page that is one of this cluster. */
async function viewOf(
  master: string,
  { signal, directory, masterUi, patienceMs = masterPatienceMs }: SurveyOptions,
): Promise<MasterView | undefined> {
  const own = await runningCluster(directory);
  const known = own?.master === master ? [own.webUi] : [];
  const usual = mastersOf(master).map(({ host }) => `http://${host}:8080`);
  const pages = masterUi === undefined ? [...known, ...usual] : [masterUi];
  for (const page of pages) {
    const view = await askMaster(page, signal, patienceMs);
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

async function listens(
  { host, port }: { readonly host: string; readonly port: number },
  { signal, patienceMs = masterPatienceMs }: SurveyOptions,
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
