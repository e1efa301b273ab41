import { checkClusters } from '../../cluster/check-clusters.js';
import { clusterNow } from '../../cluster/survey-clusters.js';
import { executorOfBlock } from '../../design/executor-of-block.js';
import { createOfferedExecutor } from '../../execution/offered-executor.js';
import { checkYarn } from '../../execution/cluster/check-yarn.js';
import { requireSharedFolder } from '../../execution/cluster/needs-shared-folder.js';
import { openSharedFolder, type SharedFolder } from '../../execution/cluster/shared-folder.js';
import { executorByBlock, type FallBack } from '../../execution/session/executor-by-block.js';
import { createSessionExecutor } from '../../execution/session/session-executor.js';
import { createSubmitExecutor } from '../../execution/submit/submit-executor.js';
import type { KafkaInput } from '../../execution/kafka-input.js';
import { measuredQuery } from '../../measure/deciding-query.js';
import type { Experiment } from '../../model/experiment.js';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { clientReferences } from '../../model/kafka-client-settings.js';
import { referencesIn } from '../../model/secret.js';
import { sparksOf } from '../../model/spark-request.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { Executor } from '../../model/trial/executor.js';
import type { Job } from '../../model/trial/job.js';
import { readSecrets, type Secrets } from '../../process/secrets.js';
import { ensureToolchains } from '../../toolchain/ensure-toolchain.js';
import { clusterPlaces } from '../findings/plan-clusters.js';
import type { PreparedRun } from '../prepare-run.js';
import type { Environments } from './environments.js';

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

/** Throws SCRIPT_INVALID or JAR_INVALID, with every problem in any of the Pythons that will run the job. */
async function checkJob(
  job: Job,
  toolchains: readonly Toolchain[],
  { kind, signal }: { readonly kind: Experiment['job']['kind']; readonly signal: AbortSignal },
): Promise<void> {
  const pythons = new Set(toolchains.map(({ python }) => python.executable));
  const problems: string[] = [];
  for (const python of pythons) problems.push(...(await job.check(python, signal)));
  refuseInvalid([...new Set(problems)], kind);
}

/** Throws SCRIPT_INVALID or JAR_INVALID with every problem of the job's files. */
function refuseInvalid(problems: readonly string[], kind: Experiment['job']['kind']): void {
  if (problems.length === 0) return;
  if (kind === 'jar') {
    throw new HarnessError({
      code: 'JAR_INVALID',
      message: problems.join('\n  '),
      hint: 'Correct job.jar and job.class; `unzip -l JAR` lists what the jar holds.',
    });
  }
  throw new HarnessError({
    code: 'SCRIPT_INVALID',
    message: problems.join('\n  '),
    hint: 'Correct the script; give modules of your own as job.pyFiles, and install others into the Python that runs Spark (`PYTHON -m pip install MODULE`).',
  });
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

/** What runs the trials of a run, opened anew where its broker is; and the live drivers, if trials share them. */
export function executorsOf(
  prepared: PreparedRun,
  parts: PartsOfTrials,
  place: {
    readonly input: KafkaInput;
    readonly shared: SharedFolder | undefined;
    readonly scratch: string;
  },
): { readonly executorOn: () => Executor; readonly sessions: AsyncDisposable | undefined } {
  const { experiment, plan } = prepared;
  const sessions = sessionsOf(prepared, parts, place);
  const fallBack = experiment.executor === 'auto' ? fallBackTold(parts.step) : undefined;
  const executorOn = () => {
    const submit = executorOf(prepared, parts, place);
    if (sessions === undefined) return submit;
    const ofBlock = (block: number) => executorOfBlock(experiment, plan.screening, block);
    return executorByBlock({ submit, session: sessions, ofBlock, fallBack });
  };
  return { executorOn, sessions };
}

function fallBackTold(step: SparkParts['step']): FallBack {
  const text = 'The script cannot share a driver: each trial gets a process of its own';
  return {
    isUnfit: false,
    onUnfit: () => {
      step(text);
    },
  };
}

/** The live drivers of a run whose trials may share them; undefined if each trial has a process of its own. */
function sessionsOf(
  { experiment, job }: Pick<PreparedRun, 'experiment' | 'job'>,
  { host, environments, secrets, step }: PartsOfTrials,
  { input, scratch }: { readonly input: KafkaInput; readonly scratch: string },
): (Executor & AsyncDisposable) | undefined {
  if (experiment.executor === undefined) return undefined;
  return createSessionExecutor({
    ...{ job, env: host.env, measurement: measuredQuery(experiment), secrets },
    ...{ inputOf: input.inputOf, environmentOf: environments.of, scratch, onStep: step },
  });
}

/** One spark-submit per trial, with a producer alongside under an offered load. */
export function executorOf(
  { experiment, job }: Pick<PreparedRun, 'experiment' | 'job'>,
  { host, environments, secrets }: PartsOfTrials,
  {
    input,
    shared,
    onLine,
  }: {
    readonly input: KafkaInput;
    readonly shared?: SharedFolder | undefined;
    readonly onLine?: (line: string) => void;
  },
): Executor {
  const { measurement } = experiment;
  const { inputOf, data, connection } = input;
  const { env } = host;
  const inner = createSubmitExecutor({
    ...{ job, env, secrets, inputOf, environmentOf: environments.of, shared },
    clusterOf: (knobs) => clusterNow(knobs, clusterPlaces(experiment, host)),
    measurement: measuredQuery(experiment),
    ...(onLine === undefined ? {} : { onLine }),
  });
  const { mode } = measurement;
  return mode === 'drain'
    ? inner
    : createOfferedExecutor({ ...mode, inner, inputOf, connection, data, host });
}
