import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KafkaConnection } from '../kafka/client.js';
import type { DataSpec } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { TrialInput } from '../model/trial/job.js';
import type { Trial } from '../model/trial/plan.js';
import { holdBroker, type HoldBrokerOptions, type ReadyBroker } from './hold-broker.js';
import { ownTopic } from './topic-inputs.js';
import { checkOutputs, clearOutput, makeOutput } from './trial-output.js';
import { madeData, trialRecords, type TrialRecords } from './records/trial-records.js';

/** A broker that holds all records the trials of a run read, until it is disposed. */
export interface KafkaInput extends AsyncDisposable {
  /** Returns the broker; an embedded one that has ended is restarted on its data, which is checked. */
  readonly ready: () => Promise<ReadyBroker>;
  /** For clients in this process. */
  readonly connection: () => KafkaConnection;
  /** What a trial reads and writes. */
  readonly inputOf: (trial: Trial) => TrialInput;
  /** Where the records come from that a producer sends. */
  readonly data: DataSpec;
  /** Throws if the records of somebody else's topic are not there any more. */
  readonly checkRecords: () => Promise<void>;
  /** Creates the topic that a trial writes to, if any. */
  readonly makeOutput: (trial: Trial) => Promise<void>;
  /** Deletes a trial's own output topic; its records go to the folder first, if one is given. */
  readonly clearOutput: (trial: Trial, keepIn?: string) => Promise<void>;
}

/** Starts or connects to the broker, and loads every topic once. */
export async function openKafkaInput(
  options: Omit<HoldBrokerOptions, 'work'>,
): Promise<KafkaInput> {
  const { run, step } = options;
  const data = await madeData(options);
  const work = await workFolder(run.folder);
  const records = trialRecords(options, data);
  const held = holdBroker({ ...options, work });
  const { connection } = held;
  const start = async (what: string) => {
    step(what);
    const ready = await held.start();
    await checkOutputs(connection(), run);
    await records.make(connection());
    return ready;
  };
  const ready = brokerReady(held.current, () => start('Restarting Kafka, which has stopped'));
  const close = async () => {
    await held.close();
    await rm(work, { recursive: true, force: true });
  };
  await start(firstStep(run)).catch(async (error: unknown) => {
    const cause = await causeOf(error, held.whyGone);
    await close();
    throw cause;
  });
  return {
    connection,
    ready,
    data,
    inputOf: (trial) => ({
      endpoint: held.endpoint(),
      ...topicsOf(trial, run, records.of(trial)),
    }),
    checkRecords: () => records.check(connection()),
    makeOutput: (trial) => makeOutput(connection(), run.runId, trial),
    clearOutput: (trial, keepIn) => clearOutput(connection(), run.runId, { trial, keepIn }),
    [Symbol.asyncDispose]: close,
  };
}

function firstStep({ experiment: { kafka } }: HoldBrokerOptions['run']): string {
  return kafka === undefined ? 'Starting Kafka' : 'Connecting to Kafka';
}

/** Restarts the broker once for all trials that run at the same time, and find out together that it has stopped. */
function brokerReady(
  current: () => ReadyBroker | undefined,
  restart: () => Promise<ReadyBroker>,
): KafkaInput['ready'] {
  let restarting: Promise<ReadyBroker> | undefined;
  return async () => {
    const ready = restarting === undefined ? current() : undefined;
    if (ready !== undefined) return ready;
    restarting ??= restart().finally(() => {
      restarting = undefined;
    });
    return await restarting;
  };
}

/** Creates the folder of an embedded broker, accessible to its owner only. */
async function workFolder(runFolder: string): Promise<string> {
  const work = join(runFolder, 'work');
  await mkdir(work, { mode: 0o700, recursive: true });
  return work;
}

/** The loaded topic, or a topic of the trial's own under an offered load. */
function topicsOf(
  trial: Trial,
  { runId, experiment }: HoldBrokerOptions['run'],
  loaded: ReturnType<TrialRecords['of']>,
): Omit<TrialInput, 'endpoint'> {
  const outputTopic = ownTopic(runId, trial, 'counts');
  return experiment.measurement.mode === 'drain'
    ? { ...loaded, outputTopic }
    : { topic: ownTopic(runId, trial, 'offered'), records: Infinity, outputTopic };
}

/** A broker that does not respond may have ended; then that is the cause. */
async function causeOf(
  error: unknown,
  whyGone: () => Promise<HarnessError | undefined>,
): Promise<unknown> {
  const silent = error instanceof HarnessError && error.code === 'BROKER_UNREACHABLE';
  return silent ? ((await whyGone()) ?? error) : error;
}
