import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { datasetId } from '../dataset/dataset-id.js';
import { forecastFrom } from '../design/forecast.js';
import { interrupted } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { RunRecord } from '../model/run-record.js';
import type { ReportModel } from '../report/report-model.js';
import { count } from '../report/wording.js';
import { createSubmitExecutor } from '../spark/submit-executor.js';
import { createRunFolder, writeOpening } from '../store/run-folder.js';
import { loadTopic } from './load-topic.js';
import { openBroker } from './open-broker.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunEvent } from './run-event.js';
import { runManifest } from './run-manifest.js';
import { runTrials } from './run-trials.js';
import { setUp } from './set-up.js';
import { topicInputs, type TopicInput } from './topic-inputs.js';
import { writeAnswers, writeReports } from './write-reports.js';

interface RunOptions {
  readonly host: Host;
  readonly resultsRoot: string;
  readonly onEvent: (event: RunEvent) => void;
}

interface RunResult {
  readonly folder: string;
  readonly model: ReportModel;
}

/**
 * The main job: toolchain, broker, data, every trial of the plan, reports.
 * Failed trials are part of the result. On abort everything is stopped, the reports of what there is are
 * written, and INTERRUPTED is thrown.
 */
export async function runExperiment(
  prepared: PreparedRun,
  options: RunOptions,
): Promise<RunResult> {
  const { host, onEvent } = options;
  const { experiment, plan } = prepared;
  const step = (text: string) => {
    onEvent({ kind: 'step', text });
  };
  const toolchain = await setUp(host, experiment.sparkVersion, step);
  for (const note of toolchain.notes) step(note);
  const dataset = await datasetId(experiment.data);
  const root = resolve(host.cwd, options.resultsRoot);
  const folder = await createRunFolder(root, experiment.name, host.now());
  const manifest = runManifest({ prepared, toolchain, dataset, startedAt: host.now() });
  await writeOpening(folder, { manifest, experiment, experimentText: prepared.text, plan });
  step(`Results: ${folder}`);

  let run: RunRecord = { manifest, experiment, plan, trials: [] };
  await using work = await workFolder(folder);
  step(experiment.bootstrapServers === undefined ? 'Starting Kafka' : 'Connecting to Kafka');
  await using broker = await openBroker({
    bootstrapServers: experiment.bootstrapServers,
    toolchain,
    folder: work.path,
    host,
  });
  const inputs = topicInputs(plan, dataset);
  const records = await loadAll(inputs, { prepared, broker, host, step });
  const executor = createSubmitExecutor({
    toolchain,
    env: host.env,
    bootstrapServers: broker.bootstrapServers,
    measurement: experiment.measurement,
    inputOf: ({ configuration }) => {
      const input = inputs.get(configuration.id);
      if (input === undefined) throw new Error(`no topic for configuration ${configuration.id}`);
      return { ...input, records: records.get(input.topic) ?? 0 };
    },
  });
  await runTrials({
    runFolder: folder,
    experiment,
    plan,
    executor,
    signal: host.signal,
    now: host.now,
    onEvent,
    secondsLeft: (ended, remaining) =>
      ended.length === 0
        ? prepared.forecast.perTrialSeconds * remaining
        : forecastFrom(ended, remaining),
    onTrialStored: async (trials) => {
      run = { ...run, trials };
      await writeReports(folder, run);
    },
  });
  const model = await writeReports(folder, run);
  await writeAnswers(folder, run);
  if (host.signal.aborted) throw interrupted();
  return { folder, model };
}

/** Where the broker keeps its data during the run; removed at its end. */
async function workFolder(folder: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = join(folder, 'work');
  await mkdir(path, { mode: 0o700 });
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Loads every topic once; the records of each by its name. */
async function loadAll(
  inputs: ReadonlyMap<string, TopicInput>,
  options: {
    readonly prepared: PreparedRun;
    readonly broker: { readonly bootstrapServers: string };
    readonly host: Host;
    readonly step: (text: string) => void;
  },
): Promise<Map<string, number>> {
  const { prepared, broker, host, step } = options;
  const loaded = new Map<string, number>();
  for (const input of inputs.values()) {
    if (loaded.has(input.topic)) continue;
    step(`Loading topic ${input.topic} (${count(input.partitions)} partitions)`);
    const startedAt = host.now();
    const records = await loadTopic({
      input,
      data: prepared.experiment.data,
      bootstrapServers: broker.bootstrapServers,
      signal: host.signal,
    });
    loaded.set(input.topic, records);
    const seconds = (host.now() - startedAt) / 1_000;
    step(`  ${count(records)} records in ${seconds.toFixed(1)} s`);
  }
  return loaded;
}
