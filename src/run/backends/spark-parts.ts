import { createOfferedExecutor } from '../../execution/offered-executor.js';
import { createSessionExecutor } from '../../execution/session/session-executor.js';
import { createSubmitExecutor } from '../../execution/submit-executor.js';
import type { KafkaInput } from '../../execution/kafka-input.js';
import { measuredQuery } from '../../measure/deciding-query.js';
import type { ClassArchive } from '../../model/class-archive.js';
import type { Experiment } from '../../model/experiment.js';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { clientReferences } from '../../model/kafka-client-settings.js';
import { referencesIn } from '../../model/secret.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { Executor } from '../../model/trial/executor.js';
import { readSecrets, type Secrets } from '../../process/secrets.js';
import { ensureToolchain } from '../../toolchain/ensure-toolchain.js';
import type { PreparedRun } from '../prepare-run.js';

export interface SparkParts {
  readonly host: Host;
  readonly toolchain: Toolchain;
  readonly secrets: Secrets;
  readonly step: (text: string, rest?: () => string) => void;
}

/** The same, with the class archive of all trials, if they use one. */
export interface PartsOfTrials extends SparkParts {
  readonly archive: ClassArchive | undefined;
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
  const toolchain = await ensureToolchain({
    host,
    onStep: step,
    ...(experiment.sparkVersion === undefined ? {} : { sparkVersion: experiment.sparkVersion }),
  });
  for (const note of toolchain.notes) step(note);
  refuseInvalid(await job.check(toolchain.python.executable, host.signal), experiment.job.kind);
  return { host, toolchain, secrets, step };
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

/** The live drivers of a run whose trials may share them; undefined if each trial has a process of its own. */
export function sessionsOf(
  { experiment, job }: Pick<PreparedRun, 'experiment' | 'job'>,
  { host, toolchain, secrets, archive, step }: PartsOfTrials,
  { input, scratch }: { readonly input: KafkaInput; readonly scratch: string },
): (Executor & AsyncDisposable) | undefined {
  if (experiment.executor === undefined) return undefined;
  const { measurement } = experiment;
  return createSessionExecutor({
    ...{ job, toolchain, env: host.env, measurement, secrets, inputOf: input.inputOf, archive },
    ...{ scratch, onStep: step },
  });
}

/** One spark-submit per trial, with a producer alongside under an offered load. */
export function executorOf(
  { experiment, job }: Pick<PreparedRun, 'experiment' | 'job'>,
  { host, toolchain, secrets, archive }: PartsOfTrials,
  { input, onLine }: { readonly input: KafkaInput; readonly onLine?: (line: string) => void },
): Executor {
  const { measurement } = experiment;
  const { inputOf, data, connection } = input;
  const { env } = host;
  const inner = createSubmitExecutor({
    ...{ job, toolchain, env, secrets, inputOf, archive },
    measurement: measuredQuery(experiment),
    ...(onLine === undefined ? {} : { onLine }),
  });
  const { mode } = measurement;
  return mode === 'drain'
    ? inner
    : createOfferedExecutor({ ...mode, inner, inputOf, connection, data, host });
}
