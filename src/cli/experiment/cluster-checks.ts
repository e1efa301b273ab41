import { clusterProblem } from '../../cluster/check-clusters.js';
import type { ClusterSurvey } from '../../cluster/survey-clusters.js';
import type { Check } from '../../model/check.js';
import type { Host } from '../../model/host.js';
import { planClusters } from '../../run/findings/plan-clusters.js';
import { readPlan } from '../../run/read-plan.js';
import { surveyLines } from '../broker/cluster-lines.js';

/** A check for each standalone cluster of an experiment file; none without one. Throws what reading the experiment throws. */
export async function clusterChecks(
  file: string | undefined,
  { host, sparkVersion }: { readonly host: Host; readonly sparkVersion?: string | undefined },
): Promise<Check[]> {
  if (file === undefined) return [];
  const read = await readPlan(file, { host, overrides: { sparkVersion }, anyJob: true });
  return (await planClusters(read, host)).map(checkOf);
}

function checkOf(survey: ClusterSurvey): Check {
  const name = 'cluster';
  const problem = clusterProblem(survey);
  if (problem !== undefined) {
    return { name, status: 'problem', finding: problem.message, fix: problem.hint };
  }
  const { view, problems, shortages } = survey;
  const isSure = view !== null && problems.length === 0 && shortages.length === 0;
  return { name, status: isSure ? 'ok' : 'warning', finding: surveyLines(survey).join(' ') };
}
