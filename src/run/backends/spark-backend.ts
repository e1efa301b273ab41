import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { versions as nodeVersions } from 'node:process';
import { datasetId } from '../../dataset/dataset-id.js';
import { executorOfBlock } from '../../design/executor-of-block.js';
import { executorByBlock } from '../../execution/session/executor-by-block.js';
import { sessionDriverFiles } from '../../spark/session-driver.js';
import { createGuardedExecutor } from '../../execution/guarded-executor.js';
import { openKafkaInput } from '../../execution/kafka-input.js';
import type { Host } from '../../model/host.js';
import { bootstrapServersOf } from '../../model/kafka-endpoint.js';
import type { RunObserver } from '../../model/run/run-event.js';
import type { Manifest, RunIdentity } from '../../model/run/run-record.js';
import { sha256 } from '../../machine/describe-machine.js';
import { identify } from '../../process/groups/process-identity.js';
import { watchMachine } from '../../machine/watch-machine.js';
import type { OwnedFolder } from '../../store/open-run-folder.js';
import { archiveOfRun } from '../archive/archive-of-run.js';
import type { PreparedRun } from '../prepare-run.js';
import type { Backend, OpenBackend } from './backend.js';
import { executorOf, sessionsOf, sparkParts, type PartsOfTrials } from './spark-parts.js';

/** A real broker and a real Spark. Installs what is missing. Throws SECRET_MISSING and any error of the setup. */
export async function sparkBackend(
  prepared: PreparedRun,
  {
    host,
    observer,
    resumed,
  }: { readonly host: Host; readonly observer: RunObserver; readonly resumed?: Manifest },
): Promise<Backend> {
  const step = (text: string, rest?: () => string) => {
    observer.notify({ kind: 'step', text, ...(rest === undefined ? {} : { rest }) });
  };
  const found = await sparkParts(prepared, host, step);
  const parts = { ...found, archive: await archiveOfRun(prepared, found, resumed) };
  const identity = identityOf(prepared, parts, await datasetId(prepared.experiment.data));
  return { identity, open: (folder, manifest) => open(prepared, parts, { folder, manifest }) };
}

function identityOf(
  { experiment, job, hashes }: PreparedRun,
  { toolchain, archive }: PartsOfTrials,
  dataset: string,
): RunIdentity {
  const files = [
    ...job.sources(),
    ...(experiment.executor === undefined ? [] : sessionDriverFiles()),
  ];
  const sources = files.map((file) => readFileSync(file, 'utf8'));
  const { kafka: external } = experiment;
  return {
    versions: {
      node: nodeVersions.node,
      java: toolchain.java.version,
      python: toolchain.python.version,
      spark: toolchain.spark.version,
      kafka: toolchain.kafka.version,
    },
    ...(archive === undefined ? {} : { classArchive: archive.id }),
    broker: external === undefined ? 'embedded' : bootstrapServersOf(external),
    hashes: { ...hashes, job: sha256(sources.join('\n')), dataset },
  };
}

/** Starts or connects to the broker, loads the topics, and composes the executors. */
async function open(
  prepared: PreparedRun,
  parts: PartsOfTrials,
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
  const scratch = join(folder.path, 'work');
  const sessions = sessionsOf(prepared, parts, { input, scratch });
  const executorOn = () => {
    const submit = executorOf(prepared, parts, { input });
    if (sessions === undefined) return submit;
    const ofBlock = (block: number) => executorOfBlock(experiment, plan.screening, block);
    return executorByBlock({ submit, session: sessions }, ofBlock);
  };
  return {
    executor: createGuardedExecutor({
      diskReserveBytes: experiment.measurement.diskReserveBytes,
      keepsOutput: experiment.job.keep === 'output',
      input,
      executorOn,
    }),
    now: host.now,
    watch: (directory) => watchMachine(directory, host.now),
    [Symbol.asyncDispose]: async () => {
      await sessions?.[Symbol.asyncDispose]();
      await input[Symbol.asyncDispose]();
    },
  };
}
