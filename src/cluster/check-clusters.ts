import type { Configuration } from '../model/configuration.js';
import { HarnessError } from '../model/harness-error.js';
import type { RoomProblem } from './check-room.js';
import type { Stranger } from './find-master.js';
import {
  surveyClusters,
  type ClusterSurvey,
  type OtherSpark,
  type SurveyOptions,
} from './survey-clusters.js';

interface CheckOptions extends SurveyOptions {
  /** Called with what could not be found out, or may change until the first trial. */
  readonly note: (text: string) => void;
}

/**
 * Asks each standalone cluster of a run whether it is there, is of the driver's Spark, and has room for one executor of
 * each configuration: Spark itself would wait for ever. Throws CLUSTER_UNREACHABLE, CLUSTER_OTHER_SPARK and
 * CLUSTER_TOO_SMALL.
 */
export async function checkClusters(
  configurations: readonly Configuration[],
  options: CheckOptions,
): Promise<void> {
  for (const survey of await surveyClusters(configurations, options)) {
    const problem = clusterProblem(survey);
    if (problem !== undefined) throw problem;
    for (const text of clusterNotes(survey)) options.note(text);
  }
}

/** Why `run` would refuse a cluster; undefined if it would not. */
export function clusterProblem(survey: ClusterSurvey): HarnessError | undefined {
  const { master, answers, otherSpark, problems } = survey;
  if (!answers) return unreachable(survey);
  if (otherSpark !== null) return withOtherSpark(master, otherSpark);
  return problems.some(({ isTaken }) => !isTaken) ? tooSmall(master, problems) : undefined;
}

/** What could not be found out of a cluster, and what does not keep a run from starting. */
export function clusterNotes({ master, view, problems, shortages }: ClusterSurvey): string[] {
  if (view === null) {
    return [
      `The page of the master ${master} was not found, so neither its Spark nor whether its workers have room for an executor is checked. spark.masterUi says where it is.`,
    ];
  }
  const [taken] = problems.every(({ isTaken }) => isTaken) ? problems : [];
  return [
    ...(taken === undefined ? [] : [`${master} is busy. ${taken.id}: ${taken.text}`]),
    ...shortages.map(({ id, text }) => `${id}: ${text}`),
  ];
}

/** That no master answers at an address, and what does instead; without a full stop. */
export function nobodyAnswers({ master, stranger }: ClusterSurvey): string {
  const nobody = `No Spark master answers at ${master}`;
  return stranger === null ? nobody : `${nobody} (what listens there ${strangerText[stranger]})`;
}

const strangerText: Readonly<Record<Stranger, string>> = {
  http: 'speaks HTTP',
  silence: 'says nothing',
  other: 'is something else',
};

function unreachable(survey: ClusterSurvey): HarnessError {
  const hint =
    survey.stranger === 'http'
      ? "Correct spark.master: a master's page names it, spark://HOST:PORT, and its port is not that of the page."
      : 'Correct spark.master, or start one on this machine: streamtune cluster up';
  return new HarnessError({
    code: 'CLUSTER_UNREACHABLE',
    message: `${nobodyAnswers(survey)}.`,
    hint,
  });
}

function withOtherSpark(master: string, { cluster, driver, isOwn }: OtherSpark): HarnessError {
  const other = isOwn
    ? `start the cluster with the driver's: streamtune cluster down, then streamtune cluster up --spark ${driver}`
    : `let SPARK_HOME name a Spark of that version that is there already`;
  return new HarnessError({
    code: 'CLUSTER_OTHER_SPARK',
    message: `${master} runs Spark ${cluster}, and the driver would be of Spark ${driver}. A cluster takes drivers of its own version only.`,
    hint: `Ask for the cluster's version (spark.version, or --spark-version ${cluster}), or ${other}.`,
  });
}

function tooSmall(master: string, problems: readonly RoomProblem[]): HarnessError {
  const lines = problems.map(({ id, text }) => `${id}: ${text}`);
  const [fate, larger] = master.startsWith('local-cluster')
    ? ['refuse it or wait for ever', 'make its workers larger: local-cluster[WORKERS,CORES,MIB]']
    : ['wait for ever', 'add a larger worker (streamtune cluster up --cores --memory)'];
  return new HarnessError({
    code: 'CLUSTER_TOO_SMALL',
    message: `${master} has no room for an executor of ${String(problems.length)} of the configurations, and Spark would ${fate}:\n    ${lines.join('\n    ')}`,
    hint: `Lower spark.executor.memory or spark.executor.cores, or ${larger}.`,
  });
}
