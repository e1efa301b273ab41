import { readFileSync } from 'node:fs';
import { versions as nodeVersions } from 'node:process';
import { datasetId } from '../../dataset/dataset-id.js';
import { createGuardedExecutor } from '../../execution/guarded-executor.js';
import { openKafkaInput, type KafkaInput } from '../../execution/kafka-input.js';
import { createOfferedExecutor } from '../../execution/offered-executor.js';
import { createSubmitExecutor } from '../../execution/submit-executor.js';
import type { Executor } from '../../model/trial/executor.js';
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

interface Parts {
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
  const { experiment, plan } = prepared;
  const levels = plan.configurations.flatMap(({ knobs }) => Object.values(knobs));
  const secrets = await readSecrets(levels.flatMap(referencesIn), host.env);
  const toolchain = await ensureToolchain({
    host,
    onStep: step,
    ...(experiment.sparkVersion === undefined ? {} : { sparkVersion: experiment.sparkVersion }),
  });
  for (const note of toolchain.notes) step(note);
  const identity = identityOf(prepared, toolchain, await datasetId(experiment.data));
  const parts = { host, toolchain, secrets, step };
  return { identity, open: (folder, manifest) => open(prepared, parts, { folder, manifest }) };
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
  parts: Parts,
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
      executorOn: () => executorOf(prepared, parts, input),
    }),
    now: host.now,
    watch: (directory) => watchMachine(directory, host.now),
    [Symbol.asyncDispose]: () => input[Symbol.asyncDispose](),
  };
}

/** One spark-submit per trial, with a producer alongside under an offered load. */
function executorOf(
  { experiment, job }: PreparedRun,
  { host, toolchain, secrets }: Parts,
  input: KafkaInput,
): Executor {
  const { measurement, data } = experiment;
  const { inputOf } = input;
  const { env } = host;
  const inner = createSubmitExecutor({ job, toolchain, env, measurement, secrets, inputOf });
  const { mode } = measurement;
  return mode === 'drain' ? inner : createOfferedExecutor({ ...mode, inner, inputOf, data, host });
}
