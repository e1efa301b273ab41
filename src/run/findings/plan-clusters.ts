import { clusterProblem } from '../../cluster/check-clusters.js';
import { surveyClusters, type ClusterSurvey } from '../../cluster/survey-clusters.js';
import { placeFindings } from '../../config/positions/place-findings.js';
import type { Experiment } from '../../model/experiment.js';
import { bySeverity, type Finding } from '../../model/finding.js';
import type { Host } from '../../model/host.js';
import { cacheFolder } from '../../toolchain/cache-folder.js';
import { clusterFolder } from '../../toolchain/cache-layout.js';
import type { ReadPlan } from '../read-plan.js';

/** A plan starts nothing and is made offline, too: a master that takes longer counts as none. */
const patienceMs = 1_500;

/** What each standalone cluster of a plan says, for those who only look. */
export async function planClusters(
  { plan, experiment }: Pick<ReadPlan, 'plan' | 'experiment'>,
  host: Host,
): Promise<ClusterSurvey[]> {
  const places = clusterPlaces(experiment, host);
  return await surveyClusters(plan.configurations, { ...places, patienceMs });
}

/** Where the pages of the masters are looked for. */
export function clusterPlaces({ masterUi }: Pick<Experiment, 'masterUi'>, host: Host) {
  return { signal: host.signal, directory: clusterFolder(cacheFolder(host)), masterUi };
}

/** The findings with those on the room of the clusters, as `run` would refuse them. */
export function withClusterFindings(
  findings: readonly Finding[],
  surveys: readonly ClusterSurvey[],
  text: string,
): Finding[] {
  const found = surveys.flatMap((survey): Finding[] => {
    const problem = clusterProblem(survey);
    if (problem?.code !== 'CLUSTER_TOO_SMALL') return [];
    const about = { severity: 'error', rule: 'cluster-too-small', key: 'spark.master' } as const;
    return [{ ...about, levels: [], what: problem.message, why: problem.hint, instead: null }];
  });
  return bySeverity([...placeFindings(found, text), ...findings]);
}
