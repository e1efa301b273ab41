import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { deleteTopic, listTopics } from '../kafka/topics.js';
import type { Configuration } from '../model/configuration.js';
import type { Trial } from '../model/plan.js';
import type { Toolchain } from '../model/toolchain.js';
import { count } from '../report/wording.js';
import { loadTopic } from './load-topic.js';
import { openBroker, type OpenBroker } from './open-broker.js';
import type { PreparedRun } from './prepare-run.js';
import { ownOutputTopic, topicInputs, type TopicInput } from './topic-inputs.js';

/** A broker that answers now. */
export interface ReadyBroker {
  readonly bootstrapServers: string;
  /** Aborted when an embedded broker has ended. */
  readonly gone: AbortSignal;
  readonly whyGone: () => Promise<HarnessError | undefined>;
}

/** A broker that holds all records that the trials of a run read, until it is disposed. */
export interface RunInput extends AsyncDisposable {
  /** The broker; an embedded one that has ended is started again on its data, which is checked. */
  readonly ready: () => Promise<ReadyBroker>;
  /** The topic that a configuration reads, with its number of records. */
  readonly of: (configuration: Configuration) => {
    readonly topic: string;
    readonly records: number;
  };
  /** Deletes what a trial has written to a topic of its own. */
  readonly clearOutput: (trial: Trial) => Promise<void>;
}

interface RunInputOptions {
  readonly prepared: PreparedRun;
  readonly toolchain: Toolchain;
  /** Identifier of the dataset, for the names of topics. */
  readonly dataset: string;
  /** The run's folder; the embedded broker works in `work` below it, which is removed at the end. */
  readonly folder: string;
  readonly host: Host;
  readonly step: (text: string) => void;
  /** Told the process group of an embedded broker. */
  readonly onBroker: (pid: number) => Promise<void>;
}

/** Starts or finds the broker, and loads every topic once. */
export async function openRunInput(options: RunInputOptions): Promise<RunInput> {
  const { prepared, toolchain, dataset, host, step } = options;
  const { bootstrapServers, measurement } = prepared.experiment;
  const work = join(options.folder, 'work');
  await mkdir(work, { mode: 0o700, recursive: true });
  const inputs = topicInputs(prepared.plan, dataset);
  let records = new Map<string, number>();
  let open: { readonly broker: OpenBroker; readonly ready: ReadyBroker } | undefined;
  const start = async () => {
    const broker = await openBroker({ bootstrapServers, toolchain, folder: work, host });
    const gone = new AbortController();
    void broker.ended.then(() => {
      gone.abort();
    });
    const ready = {
      bootstrapServers: broker.bootstrapServers,
      gone: gone.signal,
      whyGone: broker.whyEnded,
    };
    open = { broker, ready };
    if (broker.pid !== undefined) await options.onBroker(broker.pid);
    const wanted = measurement.mode === 'drain' ? [...inputs.values()] : [];
    records = await loadAll(wanted, broker.bootstrapServers, options);
    return ready;
  };
  const close = async () => {
    await open?.broker[Symbol.asyncDispose]();
    await rm(work, { recursive: true, force: true });
  };
  const topicOf = ({ id }: Configuration) => {
    const input = inputs.get(id);
    if (input === undefined) throw new Error(`no topic for configuration ${id}`);
    return input.topic;
  };
  try {
    step(bootstrapServers === undefined ? 'Starting Kafka' : 'Connecting to Kafka');
    await start();
    return {
      ready: async () => {
        if (open !== undefined && !open.ready.gone.aborted) return open.ready;
        step('Starting Kafka again, as it has ended');
        return await start();
      },
      of: (configuration) => {
        const topic = topicOf(configuration);
        return { topic, records: records.get(topic) ?? 0 };
      },
      clearOutput: async (trial) => {
        const topic = ownOutputTopic(trial, topicOf(trial.configuration));
        if (topic === undefined || open === undefined) return;
        const { signal } = host;
        const connection = { bootstrapServers: open.ready.bootstrapServers, signal };
        if ((await listTopics(connection)).includes(topic)) await deleteTopic(connection, topic);
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    const silent = error instanceof HarnessError && error.code === 'BROKER_UNREACHABLE';
    const cause = silent ? await open?.broker.whyEnded() : undefined;
    await close();
    throw cause ?? error;
  }
}

/** Loads every topic once; the records of each by its name. */
async function loadAll(
  inputs: readonly TopicInput[],
  bootstrapServers: string,
  { prepared, host, step }: RunInputOptions,
): Promise<Map<string, number>> {
  const loaded = new Map<string, number>();
  for (const input of inputs) {
    if (loaded.has(input.topic)) continue;
    step(`Loading topic ${input.topic} (${count(input.partitions)} partitions)`);
    const startedAt = host.now();
    const { data } = prepared.experiment;
    const records = await loadTopic({ input, data, bootstrapServers, signal: host.signal });
    loaded.set(input.topic, records);
    const seconds = (host.now() - startedAt) / 1_000;
    step(`  ${count(records)} records in ${seconds.toFixed(1)} s`);
  }
  return loaded;
}
