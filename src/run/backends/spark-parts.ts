import { checkClusters } from '../../cluster/check-clusters.js';
import { checkYarn } from '../../execution/cluster/check-yarn.js';
import { requireSharedFolder } from '../../execution/cluster/needs-shared-folder.js';
import { openSharedFolder, type SharedFolder } from '../../execution/cluster/shared-folder.js';
import type { Host } from '../../model/host.js';
import { clientReferences } from '../../model/kafka-client-settings.js';
import { referencesIn } from '../../model/secret.js';
import { sparksOf } from '../../model/spark-request.js';
import type { Toolchain } from '../../model/toolchain.js';
import { readSecrets, type Secrets } from '../../process/secrets.js';
import { ensureToolchains } from '../../toolchain/ensure-toolchain.js';
import { clusterPlaces } from '../findings/plan-clusters.js';
import type { PreparedRun } from '../prepare-run.js';
import type { Environments } from './environments.js';
import { checkJob } from './check-job.js';

export interface SparkParts {
  readonly host: Host;
  /** One for each Spark of the run, in the order of `sparksOf`. */
  readonly toolchains: readonly [Toolchain, ...Toolchain[]];
  readonly secrets: Secrets;
  readonly step: (text: string, rest?: () => string) => void;
}

/** The same, with what each trial is submitted with. */
export interface PartsOfTrials extends SparkParts {
  readonly environments: Environments;
}

/** Reads the passwords, installs what is missing, and checks the job's files. */
export async function sparkParts(
  { experiment, plan, job }: PreparedRun,
  host: Host,
  step: SparkParts['step'],
): Promise<SparkParts> {
  const levels = plan.configurations.flatMap(({ knobs }) => Object.values(knobs));
  const { kafka } = experiment;
  const references = [
    ...levels.flatMap(referencesIn),
    ...(kafka === undefined ? [] : clientReferences(kafka)),
  ];
  const secrets = await readSecrets(references, host.env);
  requireSharedFolder(plan.configurations, experiment.sharedFolder);
  await checkClusters(plan.configurations, { ...clusterPlaces(experiment, host), note: step });
  const sparks = sparksOf(experiment, plan.configurations);
  const [toolchain, ...others] = await ensureToolchains({ host, sparks, onStep: step });
  if (toolchain === undefined) throw new Error('a run needs a configuration');
  const toolchains = [toolchain, ...others] as const;
  await checkYarn(plan.configurations, { toolchain, env: host.env, signal: host.signal });
  for (const note of toolchains.flatMap(({ notes }) => notes)) step(note);
  await checkJob(job, toolchains, { kind: experiment.job.kind, signal: host.signal });
  return { host, toolchains, secrets, step };
}

/** The folder that executors share with the driver; undefined if the experiment names none. Throws SHARED_FOLDER_UNUSABLE. */
export async function sharedFolderOf(
  { experiment }: Pick<PreparedRun, 'experiment'>,
  { toolchains: [toolchain], host }: SparkParts,
  runId: string,
): Promise<SharedFolder | undefined> {
  const { sharedFolder: folder, job } = experiment;
  if (folder === undefined) return undefined;
  const keeps = job.keep === 'output';
  const place = isOfHadoop(host.env) && folder.startsWith('/') ? `file://${folder}` : folder;
  return await openSharedFolder({ folder: place, runId, toolchain, host, keeps });
}

/** Whether Spark reads settings of Hadoop, by which a path may be one in HDFS. */
function isOfHadoop(env: Host['env']): boolean {
  return (env['HADOOP_CONF_DIR'] ?? env['YARN_CONF_DIR']) !== undefined;
}
