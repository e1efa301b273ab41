import { readFileSync } from 'node:fs';
import { versions as nodeVersions } from 'node:process';
import { datasetId } from '../../dataset/dataset-id.js';
import { createGuardedExecutor } from '../../execution/guarded-executor.js';
import { openKafkaInput, type KafkaInput } from '../../execution/kafka-input.js';
import { createOfferedExecutor } from '../../execution/offered-executor.js';
import { createSubmitExecutor } from '../../execution/submit-executor.js';
import type { Executor } from '../../model/trial/executor.js';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { bootstrapServersOf } from '../../model/kafka-endpoint.js';
import type { RunObserver } from '../../model/run/run-event.js';
import type { Manifest, RunIdentity } from '../../model/run/run-record.js';
import { referencesIn } from '../../model/secret.js';
import type { Toolchain } from '../../model/toolchain.js';
import { sha256 } from '../../machine/describe-machine.js';
import { identify } from '../../process/groups/process-identity.js';
import { readSecrets, type Secrets } from '../../process/secrets.js';
import { watchMachine } from '../../machine/watch-machine.js';
import type { OwnedFolder } from '../../store/open-run-folder.js';
import { ensureToolchain } from '../../toolchain/ensure-toolchain.js';
import type { PreparedRun } from '../prepare-run.js';
import type { Backend, OpenBackend } from './backend.js';

export interface SparkParts {
  readonly host: Host;
  readonly toolchain: Toolchain;
  readonly secrets: Secrets;
  readonly step: (text: string) => void;
}

/** A real broker and a real Spark. Installs what is missing. Throws SECRET_MISSING and any error of the setup. */
export async function sparkBackend(
  prepared: PreparedRun,
  { host, observer }: { readonly host: Host; readonly observer: RunObserver },
): Promise<Backend> {
  const step = (text: string) => {
    observer.notify({ kind: 'step', text });
  };
  const parts = await sparkParts(prepared, host, step);
  const identity = identityOf(prepared, parts.toolchain, await datasetId(prepared.experiment.data));
  return { identity, open: (folder, manifest) => open(prepared, parts, { folder, manifest }) };
}

/** Reads the passwords, installs what is missing, and checks the job's files. */
export async function sparkParts(
  { experiment, plan, job }: PreparedRun,
  host: Host,
  step: (text: string) => void,
): Promise<SparkParts> {
  const levels = plan.configurations.flatMap(({ knobs }) => Object.values(knobs));
  const secrets = await readSecrets(levels.flatMap(referencesIn), host.env);
  const toolchain = await ensureToolchain({
    host,
    onStep: step,
    ...(experiment.sparkVersion === undefined ? {} : { sparkVersion: experiment.sparkVersion }),
  });
  for (const note of toolchain.notes) step(note);
  refuseInvalid(await job.check(toolchain.python.executable, host.signal));
  return { host, toolchain, secrets, step };
}

/** Throws SCRIPT_INVALID with every problem of the job's files. */
function refuseInvalid(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new HarnessError({
    code: 'SCRIPT_INVALID',
    message: problems.join('\n  '),
    hint: 'Correct the script; give modules of your own as job.pyFiles, and install others into the Python that runs Spark (`PYTHON -m pip install MODULE`).',
  });
}

function identityOf(
  { experiment, job, hashes }: PreparedRun,
  toolchain: Toolchain,
  dataset: string,
): RunIdentity {
  const sources = job.sources().map((file) => readFileSync(file, 'utf8'));
  const { kafka: external } = experiment;
  return {
    versions: {
      node: nodeVersions.node,
      java: toolchain.java.version,
      python: toolchain.python.version,
      spark: toolchain.spark.version,
      kafka: toolchain.kafka.version,
    },
    broker: external === undefined ? 'embedded' : bootstrapServersOf(external),
    hashes: { ...hashes, job: sha256(sources.join('\n')), dataset },
  };
}

/** Starts or connects to the broker, loads the topics, and composes the executors. */
async function open(
  prepared: PreparedRun,
  parts: SparkParts,
  { folder, manifest }: { readonly folder: OwnedFolder; readonly manifest: Manifest },
): Promise<OpenBackend> {
  const { experiment, plan } = prepared;
  const { host, toolchain, step } = parts;
  const { dataset } = manifest.hashes;
  const input = await openKafkaInput({
    run: { experiment, plan, runId: manifest.runId, dataset, folder: folder.path },
    toolchain,
    host,
    step,
    onBroker: async (pid) => {
      const process = await identify(pid);
      if (process === undefined) return;
      await folder.journal.append({ kind: 'process-started', what: 'broker', process });
    },
  });
  return {
    executor: createGuardedExecutor({
      diskReserveBytes: experiment.measurement.diskReserveBytes,
      keepsOutput: experiment.job.keep === 'output',
      input,
      executorOn: () => executorOf(prepared, parts, { input }),
    }),
    now: host.now,
    watch: (directory) => watchMachine(directory, host.now),
    [Symbol.asyncDispose]: () => input[Symbol.asyncDispose](),
  };
}

/** One spark-submit per trial, with a producer alongside under an offered load. */
export function executorOf(
  { experiment, job }: Pick<PreparedRun, 'experiment' | 'job'>,
  { host, toolchain, secrets }: SparkParts,
  { input, onLine }: { readonly input: KafkaInput; readonly onLine?: (line: string) => void },
): Executor {
  const { measurement, data } = experiment;
  const { inputOf } = input;
  const { env } = host;
  const inner = createSubmitExecutor({
    ...{ job, toolchain, env, measurement, secrets, inputOf },
    ...(onLine === undefined ? {} : { onLine }),
  });
  const { mode } = measurement;
  return mode === 'drain' ? inner : createOfferedExecutor({ ...mode, inner, inputOf, data, host });
}
