import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { datasetId } from '../../dataset/dataset-id.js';
import { placesOf } from '../../execution/cluster/driver-folder.js';
import type { SharedFolder } from '../../execution/cluster/shared-folder.js';
import { openKafkaInput, type KafkaInput } from '../../execution/kafka-input.js';
import { filesOf } from '../../execution/trial/trial-files.js';
import { jobOf } from '../../jobs/job-of.js';
import type { ClassArchive } from '../../model/class-archive.js';
import type { Experiment, MeasurementSpec } from '../../model/experiment.js';
import { HarnessError, interrupted } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { isSet, type Assignment } from '../../model/knob.js';
import { bootstrapServersOf } from '../../model/kafka-endpoint.js';
import { otherTopic } from '../../measure/faults/other-topic.js';
import { measuredQuery } from '../../measure/deciding-query.js';
import type { TrialEnd } from '../../model/trial/executor.js';
import type { Outcome } from '../../model/trial/outcome.js';
import type { Job } from '../../model/trial/job.js';
import type { Trial } from '../../model/trial/plan.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';
import { archiveAtHand } from '../archive/archive-at-hand.js';
import { environmentsOf } from '../backends/environments.js';
import { executorOf } from '../backends/executors-of.js';
import { sharedFolderOf, sparkParts, type PartsOfTrials } from '../backends/spark-parts.js';
import type { PreparedRun } from '../prepare-run.js';
import { sparkUiUrl, withSparkUi } from './spark-ui.js';

/** What happens while a job is in the foreground. */
export interface SubmitObserver {
  readonly step: (text: string, rest?: () => string) => void;
  /** A line that the job or Spark writes. */
  readonly line: (text: string) => void;
  readonly batch: (progress: QueryProgress) => void;
}

/** How it ended; invalid if it was stopped as it read other records than its own. */
type SubmitEnd = TrialEnd | Extract<Outcome, { readonly kind: 'invalid' }>;

interface SubmitOnce {
  readonly host: Host;
  readonly observer: SubmitObserver;
  readonly configurationId: string;
  /** Goes on when everything has been read, until it is stopped. */
  readonly follow: boolean;
  /** In place of the one that is there. */
  readonly archive?: ClassArchive;
}

/**
 * Runs one configuration once, with Spark's user interface, and leaves nothing behind. Returns how it ended. Throws
 * CONFIGURATION_UNKNOWN, INTERRUPTED, and what the setup or the broker throws.
 */
export async function submitOnce(prepared: PreparedRun, options: SubmitOnce): Promise<SubmitEnd> {
  const { host, observer } = options;
  const { id, configuration } = await configurationOf(prepared, options.configurationId);
  const trial: Trial = { id, block: 1, configuration };
  const experiment = withoutLimits(prepared.experiment);
  const plan = { ...prepared.plan, configurations: [configuration], blocks: [] };
  const job = options.follow ? endlessJob(experiment) : jobOf(experiment);
  const once = { ...prepared, experiment, plan, job };
  const found = await sparkParts(once, host, observer.step);
  const [toolchain] = found.toolchains;
  const archive = options.archive ?? (await archiveAtHand(once, { toolchain, host }));
  const parts = { ...found, environments: environmentsOf(once, [{ toolchain, archive }]) };
  const folder = await mkdtemp(join(tmpdir(), 'streamtune-submit-'));
  try {
    const dataset = await datasetId(experiment.data);
    await using input = await openKafkaInput({
      run: { experiment, plan, runId: folder.slice(-6).toLowerCase(), dataset, folder },
      ...{ toolchain, host, step: observer.step },
      onBroker: () => Promise.resolve(),
    });
    const end = await submitTo(input, { once, parts, trial, options, folder });
    if (host.signal.aborted) throw interrupted();
    return end;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Submission {
  readonly once: PreparedRun;
  readonly parts: PartsOfTrials;
  readonly trial: Trial;
  readonly options: SubmitOnce;
  readonly folder: string;
}

/** Runs the trial on the topics that are there, and passes on what it says. */
async function submitTo(
  input: KafkaInput,
  { once, parts, trial, options, folder }: Submission,
): Promise<SubmitEnd> {
  const { host, observer } = options;
  const { topic, endpoint } = input.inputOf(trial);
  const where = `topic ${topic} on ${bootstrapServersOf(endpoint)}`;
  observer.step(`Submitting ${trial.configuration.id}; ${where}`);
  await input.makeOutput(trial);
  const directory = join(folder, 'trial');
  await mkdir(directory);
  await using shared = await sharedFolderOf(once, parts, folder.slice(-6).toLowerCase());
  const places = notingPlaces(shared);
  const executor = executorOf(once, parts, {
    ...{ input, shared: places.shared, onLine: observer.line },
  });
  const context = {
    directoryOf: () => directory,
    signal: host.signal,
    onProcess: () => undefined,
  };
  await using launch = await executor.open({ trials: [trial] }, context);
  const confFile = () => filesOf(directory, placesOf(trial, places.latest())).effectiveConf;
  const tellUi = uiTeller(confFile, observer);
  const evidence = await launch.run(trial, (event) => {
    if (event.kind === 'started') void tellUi();
    if (event.kind === 'progress') observer.batch(event.progress);
  });
  const cause = otherTopic(evidence, measuredQuery(once.experiment));
  return cause === undefined ? evidence.end : { kind: 'invalid', cause };
}

/** The shared folder, and which part of it the latest trial was given. */
function notingPlaces(shared: SharedFolder | undefined) {
  let latest: string | undefined;
  const noted = (given: SharedFolder): SharedFolder => ({
    ...given,
    placeOf: (trial) => {
      const place = given.placeOf(trial);
      latest = place.path;
      return place;
    },
  });
  return { shared: shared && noted(shared), latest: () => latest };
}

/** Says where Spark's user interface is, once. */
function uiTeller(confFile: () => string, { step }: SubmitObserver): () => Promise<void> {
  let isTold = false;
  return async () => {
    const url = await sparkUiUrl(confFile());
    if (url === undefined || isTold) return;
    isTold = true;
    step(`Spark UI: ${url}`);
  };
}

async function configurationOf({ plan, file, experiment }: PreparedRun, id: string) {
  const found = plan.configurations.find((one) => one.id === id);
  if (found === undefined) {
    throw new HarnessError({
      code: 'CONFIGURATION_UNKNOWN',
      message: `${file} has no configuration ${id}; it has ${plan.configurations.map((one) => one.id).join(', ')}.`,
      hint: `See which is which: streamtune plan ${file}`,
    });
  }
  return {
    id: found.id,
    configuration: { ...found, knobs: await foregroundKnobs(found.knobs, experiment) },
  };
}

/** The user interface on, and what the shipped job counts on the screen, unless the experiment says where it goes. */
async function foregroundKnobs(knobs: Assignment, { job }: Experiment): Promise<Assignment> {
  const console = job.kind === 'template' && !isSet(knobs, 'job.sink');
  return { ...(await withSparkUi(knobs, job)), ...(console ? { 'job.sink': 'console' } : {}) };
}

/** Longer than anybody looks on. */
const longSeconds = 500 * 3_600;

/** Nothing is measured: no window and no limit ends it. */
function withoutLimits(experiment: Experiment): Experiment {
  const { warmupSeconds, diskReserveBytes, memoryReserveBytes, mode } = experiment.measurement;
  const measurement: MeasurementSpec = {
    ...{ warmupSeconds, diskReserveBytes, memoryReserveBytes },
    ...{ canary: false, timeLimitSeconds: longSeconds, mode, result: 'ignored' },
  };
  return { ...experiment, measurement };
}

/** The job as under a load that does not end: the backlog's end is not that of the query. */
function endlessJob({ measurement, job }: Experiment): Job {
  return jobOf({ job, measurement: { ...measurement, mode: { ratePerSecond: 1 } } });
}
