import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupsOfDaemons } from '../../cluster/daemon-groups.js';
import { datasetId } from '../../dataset/dataset-id.js';
import { sessionDriverFiles } from '../../spark/session-driver.js';
import { endLeftDrivers } from '../../execution/cluster/left-drivers.js';
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
import { trialsFolder } from '../../store/trial-folder.js';
import { withArchives } from '../archive/archive-of-run.js';
import type { PreparedRun } from '../prepare-run.js';
import type { Backend, OpenBackend } from './backend.js';
import { environmentsOf, identityOfSparks } from './environments.js';
import { executorsOf } from './executors-of.js';
import { sharedFolderOf, sparkParts, type PartsOfTrials } from './spark-parts.js';

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
  const all = await withArchives(prepared, found, resumed);
  const parts = { ...found, environments: environmentsOf(prepared, all) };
  const identity = identityOf(prepared, parts, await datasetId(prepared.experiment.data));
  return {
    identity,
    open: async (folder, manifest) => {
      const [toolchain] = parts.toolchains;
      const left = { toolchain, env: host.env, step };
      await endLeftDrivers(trialsFolder(folder.path), left);
      return await open(prepared, parts, { folder, manifest });
    },
  };
}

function identityOf(
  { experiment, job, hashes }: PreparedRun,
  { environments: { all } }: PartsOfTrials,
  dataset: string,
): RunIdentity {
  const files = [
    ...job.sources(),
    ...(experiment.executor === undefined ? [] : sessionDriverFiles()),
  ];
  const sources = files.map((file) => readFileSync(file, 'utf8'));
  const { kafka: external } = experiment;
  return {
    ...identityOfSparks(all),
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
  const { host, toolchains, step } = parts;
  const { dataset } = manifest.hashes;
  const shared = await sharedFolderOf(prepared, parts, manifest.runId);
  const input = await openKafkaInput({
    run: { experiment, plan, runId: manifest.runId, dataset, folder: folder.path },
    toolchain: toolchains[0],
    host,
    step,
    onBroker: (pid) => noteBroker(folder, pid),
  }).catch(async (error: unknown) => {
    await shared?.[Symbol.asyncDispose]();
    throw error;
  });
  const { executorOn, sessions, takesTurns } = executorsOf(prepared, parts, {
    ...{ input, shared },
    scratch: join(folder.path, 'work'),
  });
  return {
    executor: createGuardedExecutor({
      diskReserveBytes: experiment.measurement.diskReserveBytes,
      keepsOutput: experiment.job.keep === 'output',
      input,
      executorOn,
    }),
    takesTurns,
    now: host.now,
    watch: watchOf(prepared, host),
    [Symbol.asyncDispose]: async () => {
      await sessions?.[Symbol.asyncDispose]();
      await input[Symbol.asyncDispose]();
      await shared?.[Symbol.asyncDispose]();
    },
  };
}

/** Watches the machine during a trial; the daemons of a cluster on it work for the trials. */
function watchOf({ plan }: PreparedRun, { now }: Host): OpenBackend['watch'] {
  const groupsOfTrials = () => groupsOfDaemons(plan.configurations);
  return (directory) => watchMachine(directory, { now, groupsOfTrials });
}

async function noteBroker({ journal }: OwnedFolder, pid: number): Promise<void> {
  const process = await identify(pid);
  if (process === undefined) return;
  await journal.append({ kind: 'process-started', what: 'broker', process });
}
