import { resolve } from 'node:path';
import { datasetId } from '../dataset/dataset-id.js';
import { interrupted } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';
import type { ReportModel } from '../report/report-model.js';
import { createSubmitExecutor } from '../spark/submit-executor.js';
import { createRunFolder, removeIfNothingRan } from '../store/run-folder.js';
import { createOfferedExecutor, offeredTopic } from './offered-executor.js';
import { playTrials } from './play-trials.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunEvent } from './run-event.js';
import { openRunInput } from './run-input.js';
import { runManifest } from './run-manifest.js';
import { setUp } from './set-up.js';
import { watchMachine } from './watch-machine.js';

export interface RunOptions {
  readonly host: Host;
  readonly resultsRoot: string;
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
  const { experiment } = prepared;
  const toolchain = await setUp(host, experiment.sparkVersion, step);
  for (const note of toolchain.notes) step(note);
  const dataset = await datasetId(experiment.data);
  const root = resolve(host.cwd, options.resultsRoot);
  const folder = await createRunFolder(root, experiment.name, host.now());
  try {
    const model = await runInFolder(folder, { ...options, prepared, toolchain, dataset, step });
    if (host.signal.aborted) throw interrupted();
    return { folder, model };
  } catch (error) {
    await removeIfNothingRan(folder);
    throw error;
  }
}

async function runInFolder(
  folder: string,
  options: RunOptions & {
    readonly prepared: PreparedRun;
    readonly toolchain: Toolchain;
    readonly dataset: string;
    readonly step: (text: string) => void;
  },
): Promise<ReportModel> {
  const { host, onEvent, prepared, toolchain, dataset, step } = options;
  const { experiment } = prepared;
  const manifest = runManifest({ prepared, toolchain, dataset, startedAt: host.now() });
  await using input = await openRunInput({ prepared, toolchain, dataset, folder, host, step });
  const { mode } = experiment.measurement;
  const submit = createSubmitExecutor({
    toolchain,
    env: host.env,
    bootstrapServers: input.bootstrapServers,
    measurement: experiment.measurement,
    inputOf: (trial) =>
      mode === 'drain'
        ? input.of(trial.configuration)
        : { topic: offeredTopic(trial), records: Infinity },
  });
  const executor =
    mode === 'drain'
      ? submit
      : createOfferedExecutor({
          ...mode,
          inner: submit,
          bootstrapServers: input.bootstrapServers,
          data: experiment.data,
          host,
        });
  return await playTrials(prepared, {
    folder,
    manifest,
    executor,
    host,
    onEvent,
    watch: watchMachine,
  });
}
