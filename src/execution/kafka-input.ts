import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { TrialInput } from '../model/job.js';
import type { Trial } from '../model/plan.js';
import { holdBroker, type HoldBrokerOptions, type ReadyBroker } from './hold-broker.js';
import { loadTopics } from './load-topic.js';
import { ownTopic, topicInputs } from './topic-inputs.js';
import { clearOutput, makeOutput } from './trial-output.js';

/** A broker that holds all records that the trials of a run read, until it is disposed. */
export interface KafkaInput extends AsyncDisposable {
  /** The broker; an embedded one that has ended is started again on its data, which is checked. */
  readonly ready: () => Promise<ReadyBroker>;
  /** What a trial reads and writes. */
  readonly of: (trial: Trial) => TrialInput;
  /** Makes the topic that a trial writes to, if it writes to one. */
  readonly makeOutput: (trial: Trial) => Promise<void>;
  /** Deletes what a trial has written to a topic of its own. */
  readonly clearOutput: (trial: Trial) => Promise<void>;
}

/** Starts or finds the broker, and loads every topic once. */
export async function openKafkaInput(
  options: Omit<HoldBrokerOptions, 'work'>,
): Promise<KafkaInput> {
  const { run, host, step } = options;
  const work = join(run.folder, 'work');
  await mkdir(work, { mode: 0o700, recursive: true });
  const held = holdBroker({ ...options, work });
  const inputs = topicInputs(run.plan, run);
  let records: ReadonlyMap<string, number> = new Map();
  const start = async () => {
    const ready = await held.start();
    const connection = { endpoint: ready.endpoint, signal: host.signal };
    records = await loadTopics(inputs.values(), connection, options);
    return ready;
  };
  const close = async () => {
    await held.close();
    await rm(work, { recursive: true, force: true });
  };
  try {
    step(run.experiment.kafka === undefined ? 'Starting Kafka' : 'Connecting to Kafka');
    await start();
  } catch (error) {
    const silent = error instanceof HarnessError && error.code === 'BROKER_UNREACHABLE';
    const cause = silent ? await held.whyGone() : undefined;
    await close();
    throw cause ?? error;
  }
  const connection = () => ({ endpoint: held.endpoint(), signal: host.signal });
  return {
    ready: async () => {
      const current = held.current();
      if (current !== undefined) return current;
      step('Starting Kafka again, as it has ended');
      return await start();
    },
    of: (trial) => {
      const endpoint = held.endpoint();
      const outputTopic = ownTopic(run.runId, trial, 'counts');
      if (run.experiment.measurement.mode !== 'drain') {
        const topic = ownTopic(run.runId, trial, 'offered');
        return { endpoint, topic, records: Infinity, outputTopic };
      }
      const topic = inputs.get(trial.configuration.id)?.topic ?? '';
      return { endpoint, topic, records: records.get(topic) ?? 0, outputTopic };
    },
    makeOutput: (trial) => makeOutput(connection(), run.runId, trial),
    clearOutput: (trial) => clearOutput(connection(), run.runId, trial),
    [Symbol.asyncDispose]: close,
  };
}
