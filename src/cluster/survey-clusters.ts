import type { Configuration } from '../model/configuration.js';
import type { Assignment } from '../model/knob.js';
import type { ClusterThen } from '../model/trial/outcome.js';
import { targetOf, type TargetKind } from '../model/target.js';
import { askVersion, type MasterView } from './ask-master.js';
import { roomProblems, shortages, type RoomProblem, type Shortage } from './check-room.js';
import {
  anyListens,
  findMaster,
  ownCluster,
  strangerAt,
  type MasterPlaces,
  type Stranger,
} from './find-master.js';
import { localClusterView } from './local-cluster.js';

export interface SurveyOptions extends MasterPlaces {
  /** The Spark of a configuration's driver; undefined if that is not known. */
  readonly versionOf?: (knobs: Assignment) => Promise<string | undefined>;
}

/** The two versions of Spark that would meet. */
export interface OtherSpark {
  readonly cluster: string;
  readonly driver: string;
  /** Whether it is the cluster of `cluster up`. */
  readonly isOwn: boolean;
}

/** What a cluster says to the configurations that are to run there. */
export interface ClusterSurvey {
  /** `spark.master`. */
  readonly master: string;
  /** Whether a master listens there. */
  readonly answers: boolean;
  /** What listens there instead; null if nothing does, or a master. */
  readonly stranger: Stranger | null;
  /** Null if its page was not found. */
  readonly view: MasterView | null;
  /** Null if all drivers are of its Spark, or if nobody tells which that is. */
  readonly otherSpark: OtherSpark | null;
  /** The configurations that would wait for an executor. */
  readonly problems: readonly RoomProblem[];
  /** Those that would run with less than they ask for. */
  readonly shortages: readonly Shortage[];
}

/** Asks each standalone cluster of a run what it has, and reads what a `local-cluster` will have; changes nothing there. */
export async function surveyClusters(
  configurations: readonly Configuration[],
  options: SurveyOptions,
): Promise<ClusterSurvey[]> {
  const byMaster = new Map<string, { kind: TargetKind; own: Configuration[] }>();
  for (const one of configurations) {
    const { kind, master } = targetOf(one.knobs);
    const known = byMaster.get(master);
    if (known === undefined) byMaster.set(master, { kind, own: [one] });
    else known.own.push(one);
  }
  const surveys = [...byMaster].map(async ([master, { kind, own }]) => {
    if (kind === 'local-cluster') return roomIn(master, own, localClusterView(master));
    return kind === 'standalone' ? await surveyCluster(master, own, options) : undefined;
  });
  return (await Promise.all(surveys)).filter((survey) => survey !== undefined);
}

/** What the master of a configuration says at this moment of who has its cores; undefined if none could be asked. */
export async function clusterNow(
  knobs: Assignment,
  places: MasterPlaces,
): Promise<ClusterThen | undefined> {
  const { kind, master } = targetOf(knobs);
  if (kind !== 'standalone') return undefined;
  const found = await findMaster(master, await ownCluster(master, places), places);
  if (found === undefined) return undefined;
  const workersAlive = found.view.workers.filter(({ isAlive }) => isAlive).length;
  return { workersAlive, holders: found.view.holders };
}

async function surveyCluster(
  master: string,
  configurations: readonly Configuration[],
  options: SurveyOptions,
): Promise<ClusterSurvey> {
  const nothing = { view: null, otherSpark: null, problems: [], shortages: [] };
  if (!(await anyListens(master, options))) {
    return { master, answers: false, stranger: null, ...nothing };
  }
  const own = await ownCluster(master, options);
  const found = await findMaster(master, own, options);
  // One with a page has no need to prove what it is. One that takes TLS only could not do so.
  const isProven = found !== undefined || configurations.some(({ knobs }) => isWithTls(knobs));
  const stranger = isProven ? undefined : await strangerAt(master, options);
  if (stranger !== undefined) return { master, answers: false, stranger, ...nothing };
  const told = own?.sparkVersion ?? (found && (await askVersion(found.page, options)));
  const cluster = told === undefined ? undefined : { version: told, isOwn: own !== undefined };
  return {
    ...roomIn(master, configurations, found?.view ?? null),
    otherSpark: (await otherSpark(cluster, configurations, options)) ?? null,
  };
}

/** What a cluster that answers has for its configurations, of its driver's Spark. */
function roomIn(
  master: string,
  configurations: readonly Configuration[],
  view: MasterView | null,
): ClusterSurvey {
  return {
    ...{ master, answers: true, stranger: null, view, otherSpark: null },
    problems: view === null ? [] : roomProblems(configurations, view),
    shortages: view === null ? [] : shortages(configurations, view),
  };
}

function isWithTls(knobs: Assignment): boolean {
  return ['spark.ssl.enabled', 'spark.ssl.rpc.enabled'].some(
    (key) => String(knobs[key]) === 'true',
  );
}

/** The first driver that would be of another Spark than the cluster: Spark's parts speak with their own version only. */
async function otherSpark(
  cluster: { readonly version: string; readonly isOwn: boolean } | undefined,
  configurations: readonly Configuration[],
  { versionOf }: SurveyOptions,
): Promise<OtherSpark | undefined> {
  if (cluster === undefined || versionOf === undefined) return undefined;
  const { version, isOwn } = cluster;
  for (const { knobs } of configurations) {
    const driver = await versionOf(knobs);
    if (driver !== undefined && driver !== version) return { cluster: version, driver, isOwn };
  }
  return undefined;
}
