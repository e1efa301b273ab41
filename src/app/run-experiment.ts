import { resolve } from 'node:path';
import { datasetId } from '../dataset/dataset-id.js';
import { interrupted } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Manifest, TrialRecord } from '../model/run-record.js';
import type { Toolchain } from '../model/toolchain.js';
import { identify } from '../process/process-identity.js';
import type { ReportModel } from '../report/report-model.js';
import { createSubmitExecutor } from '../spark/submit-executor.js';
import { createRunFolder, removeIfNothingRan, writeOpening } from '../store/run-folder.js';
import { createOfferedExecutor, offeredTopic } from './offered-executor.js';
import { playTrials } from './play-trials.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunEvent } from './run-event.js';
import { openRunInput } from './run-input.js';
import { runManifest } from './run-manifest.js';
import { openSession, type RunSession } from './run-session.js';
import { setUp } from './set-up.js';
import { watchMachine } from './watch-machine.js';

export interface RunOptions {
  readonly host: Host;
  readonly resultsRoot: string;
  /** No block starts that would not end by then, ms since 1970. */
  readonly deadline?: number;
  readonly onEvent: (event: RunEvent) => void;
}

export interface RunResult {
  readonly folder: string;
  readonly model: ReportModel;
}

/**
 * The main job: toolchain, broker, data, every trial of the plan, reports.
 * Failed trials are part of the result. On abort everything is stopped, the reports of what there is are
 * written, and INTERRUPTED is thrown. A run that ends before its first trial leaves no folder.
 */
export async function runExperiment(
  prepared: PreparedRun,
  options: RunOptions,
): Promise<RunResult> {
  const { host, onEvent } = options;
  const step = (text: string) => {
    onEvent({ kind: 'step', text });
  };
  const { experiment, plan, text } = prepared;
  const toolchain = await setUp(host, experiment.sparkVersion, step);
  for (const note of toolchain.notes) step(note);
  const dataset = await datasetId(experiment.data);
  const root = resolve(host.cwd, options.resultsRoot);
  const folder = await createRunFolder(root, experiment.name, host.now());
  try {
    const manifest = runManifest({ prepared, toolchain, dataset, startedAt: host.now() });
    await using session = await openSession(folder, host);
    await writeOpening(folder, { manifest, experiment, experimentText: text, plan });
    await session.journal.append({ kind: 'run-started' });
    const parts = { folder, manifest, session, known: [], toolchain, dataset };
    const model = await runOnSpark(prepared, { ...options, ...parts });
    if (host.signal.aborted) throw interrupted();
    return { folder, model };
  } catch (error) {
    await removeIfNothingRan(folder);
    throw error;
  }
}

/** The trials of a run that are left, on a real broker and a real Spark. */
export async function runOnSpark(
  prepared: PreparedRun,
  options: Omit<RunOptions, 'resultsRoot'> & {
    readonly folder: string;
    readonly manifest: Manifest;
    readonly session: RunSession;
    readonly known: readonly TrialRecord[];
    readonly toolchain: Toolchain;
    readonly dataset: string;
  },
): Promise<ReportModel> {
  const { host, onEvent, toolchain, dataset, folder, session } = options;
  const { measurement, data } = prepared.experiment;
  const step = (text: string) => {
    onEvent({ kind: 'step', text });
  };
  const onBroker = async (pid: number) => {
    const process = await identify(pid);
    if (process === undefined) return;
    await session.journal.append({ kind: 'process-started', what: 'broker', process });
  };
  await using input = await openRunInput({
    prepared,
    toolchain,
    dataset,
    folder,
    host,
    step,
    onBroker,
  });
  const { bootstrapServers } = input;
  const { mode } = measurement;
  const submit = createSubmitExecutor({
    toolchain,
    env: host.env,
    bootstrapServers,
    measurement,
    inputOf: (trial) =>
      mode === 'drain'
        ? input.of(trial.configuration)
        : { topic: offeredTopic(trial), records: Infinity },
  });
  const executor =
    mode === 'drain'
      ? submit
      : createOfferedExecutor({ ...mode, inner: submit, bootstrapServers, data, host });
  return await playTrials(prepared, { ...options, executor, watch: watchMachine });
}
