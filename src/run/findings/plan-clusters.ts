import { clusterProblem } from '../../cluster/check-clusters.js';
import { surveyClusters, type ClusterSurvey } from '../../cluster/survey-clusters.js';
import { placeFindings } from '../../config/positions/place-findings.js';
import type { Experiment } from '../../model/experiment.js';
import type { ErrorCode } from '../../model/error-catalogue.js';
import { bySeverity, type Finding } from '../../model/finding.js';
import type { Host } from '../../model/host.js';
import type { Assignment } from '../../model/knob.js';
import type { LintRule } from '../../model/lint-rules.js';
import { sparkOf } from '../../model/spark-request.js';
import { cacheFolder } from '../../toolchain/cache-folder.js';
import { clusterFolder } from '../../toolchain/cache-layout.js';
import { driverSpark } from '../../toolchain/driver-spark.js';
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

/** Where the pages of the masters are looked for, and of which Spark the drivers would be. */
export function clusterPlaces(
  experiment: Pick<Experiment, 'masterUi' | 'sparkVersion' | 'sparkHome'>,
  host: Host,
) {
  const { masterUi } = experiment;
  const known = new Map<string | undefined, Promise<string | undefined>>();
  const versionOf = (knobs: Assignment) => {
    const asked = sparkOf(experiment, knobs);
    const found = known.get(asked.version) ?? driverSpark(host, asked);
    known.set(asked.version, found);
    return found;
  };
  return { signal: host.signal, directory: clusterFolder(cacheFolder(host)), masterUi, versionOf };
}

/** The rules of lint by which a plan finds what `run` would refuse. */
const rules: Partial<Record<ErrorCode, LintRule>> = {
  CLUSTER_OTHER_SPARK: 'cluster-other-spark',
  CLUSTER_TOO_SMALL: 'cluster-too-small',
};

/** The findings with those on the clusters, as `run` would refuse them. */
export function withClusterFindings(
  findings: readonly Finding[],
  surveys: readonly ClusterSurvey[],
  text: string,
): Finding[] {
  const found = surveys.flatMap((survey): Finding[] => {
    const problem = clusterProblem(survey);
    if (problem === undefined) return [];
    const rule = rules[problem.code];
    if (rule === undefined) return [];
    const about = { severity: 'error', rule, key: 'spark.master', levels: [] } as const;
    return [{ ...about, what: problem.message, why: problem.hint, instead: null }];
  });
  return bySeverity([...placeFindings(found, text), ...findings]);
}
