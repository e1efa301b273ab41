import { datasetId } from '../dataset/dataset-id.js';
import type { Host } from '../model/host.js';
import { referencesIn } from '../model/secret.js';
import type { Toolchain } from '../model/toolchain.js';
import { identify } from '../process/process-identity.js';
import { readSecrets, type Secrets } from '../process/secrets.js';
import type { ReportModel } from '../report/report-model.js';
import { createSubmitExecutor } from '../spark/submit-executor.js';
import { createGuardedExecutor } from './guarded-executor.js';
import { createOfferedExecutor, offeredTopic } from './offered-executor.js';
import { withNewRun, type OpenRun, type RunOptions, type RunResult } from './open-run.js';
import { playTrials } from './play-trials.js';
import type { PreparedRun } from './prepare-run.js';
import { openRunInput } from './run-input.js';
import { runManifest } from './run-manifest.js';
import { setUp } from './set-up.js';
import { watchMachine } from './watch-machine.js';

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
  const { experiment } = prepared;
  const step = (text: string) => {
    onEvent({ kind: 'step', text });
  };
  const secrets = await secretsOf(prepared, host);
  const toolchain = await setUp(host, experiment.sparkVersion, step);
  for (const note of toolchain.notes) step(note);
  const dataset = await datasetId(experiment.data);
  const manifest = runManifest({ prepared, toolchain, dataset, startedAt: host.now() });
  return await withNewRun({ ...prepared, manifest }, options, (run) =>
    runOnSpark(prepared, { ...options, ...run, toolchain, dataset, secrets }),
  );
}

/** The trials of a run that are left, on a real broker and a real Spark. */
export async function runOnSpark(
  prepared: PreparedRun,
  options: Omit<RunOptions, 'resultsRoot'> &
    OpenRun & {
      readonly toolchain: Toolchain;
      readonly dataset: string;
      readonly secrets: Secrets;
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
  const { mode } = measurement;
  const submitOn = (bootstrapServers: string) =>
    createSubmitExecutor({
      toolchain,
      env: host.env,
      bootstrapServers,
      measurement,
      secrets: options.secrets,
      inputOf: (trial) =>
        mode === 'drain'
          ? input.of(trial.configuration)
          : { topic: offeredTopic(trial), records: Infinity },
    });
  const executor = createGuardedExecutor({
    experiment: prepared.experiment,
    input,
    on: (bootstrapServers) => {
      const inner = submitOn(bootstrapServers);
      return mode === 'drain'
        ? inner
        : createOfferedExecutor({ ...mode, inner, bootstrapServers, data, host });
    },
  });
  return await playTrials(prepared, { ...options, executor, watch: watchMachine });
}

/** The passwords that the configurations of a run name. Throws SECRET_MISSING. */
export async function secretsOf({ plan }: PreparedRun, { env }: Host): Promise<Secrets> {
  const levels = plan.configurations.flatMap(({ knobs }) => Object.values(knobs));
  return await readSecrets(levels.flatMap(referencesIn), env);
}
