import { connect } from 'node:net';
import { once } from 'node:events';
import { mastersOf } from '../model/target.js';
import { askMaster, masterPatienceMs, type MasterView } from './ask-master.js';
import { answerOfPort, type PortAnswer } from './master-port.js';
import type { ManualCluster } from './cluster-state.js';
import { runningCluster } from './manual-cluster.js';

/** Where the masters of clusters are looked for. */
export interface MasterPlaces {
  readonly signal: AbortSignal;
  /** Where `cluster up` keeps its cluster. */
  readonly directory: string;
  /** The pages of the masters, where they are not on port 8080. */
  readonly masterUi?: string | undefined;
  /** How long each answer may take. */
  readonly patienceMs?: number;
}

/** What the master in charge says, and the page where it says it. */
export interface FoundMaster {
  readonly page: string;
  readonly view: MasterView;
}

/** The cluster of `cluster up` if it is the one at this address, by whichever name of this machine. */
export async function ownCluster(
  master: string,
  { directory }: Pick<MasterPlaces, 'directory'>,
): Promise<ManualCluster | undefined> {
  const own = await runningCluster(directory);
  return own?.master === master.replace('//localhost:', '//127.0.0.1:') ? own : undefined;
}

/** What the master that is in charge says, by the first page that is one of this cluster. */
export async function findMaster(
  master: string,
  own: ManualCluster | undefined,
  { signal, masterUi, patienceMs = masterPatienceMs }: MasterPlaces,
): Promise<FoundMaster | undefined> {
  const known = own === undefined ? [] : [own.webUi];
  const usual = mastersOf(master).map(({ host }) => `http://${host}:8080`);
  const pages = masterUi === undefined ? [...known, ...usual] : [masterUi];
  for (const page of pages) {
    const view = await askMaster(page, signal, patienceMs);
    if (view?.status !== 'ALIVE') continue;
    // Another program of Spark, or another cluster's master, may have the usual port.
    if (masterUi !== undefined || sharesPort(view.url, master)) return { page, view };
  }
  return undefined;
}

/** A master may call itself by another name than the experiment does. */
function sharesPort(url: string, master: string): boolean {
  const ports = new Set(mastersOf(master).map(({ port }) => port));
  return mastersOf(url).some(({ port }) => ports.has(port));
}

/** What listens in place of a master. */
export type Stranger = Exclude<PortAnswer, 'spark'>;

/** What listens where `spark.master` says that a master does, and is none; undefined if a Spark answers there. */
export async function strangerAt(
  master: string,
  { signal, patienceMs = masterPatienceMs }: Pick<MasterPlaces, 'signal' | 'patienceMs'>,
): Promise<Stranger | undefined> {
  const ask = mastersOf(master).map((place) => answerOfPort(place, { signal, patienceMs }));
  const answers = await Promise.all(ask);
  if (answers.includes('spark')) return undefined;
  return (['http', 'other', 'silence'] as const).find((one) => answers.includes(one));
}

/** Whether something listens at one of the places that `spark.master` names. */
export async function anyListens(
  master: string,
  { signal, patienceMs = masterPatienceMs }: MasterPlaces,
): Promise<boolean> {
  const listens = async ({ host, port }: { readonly host: string; readonly port: number }) => {
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
  };
  return (await Promise.all(mastersOf(master).map(listens))).includes(true);
}
