import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Configuration } from '../model/configuration.js';
import type { Toolchain } from '../model/toolchain.js';
import { count } from '../report/wording.js';
import { loadTopic } from './load-topic.js';
import { openBroker, type OpenBroker } from './open-broker.js';
import type { PreparedRun } from './prepare-run.js';
import { topicInputs, type TopicInput } from './topic-inputs.js';

/** A broker that holds all records that the trials of a run read, until it is disposed. */
interface RunInput extends AsyncDisposable {
  readonly bootstrapServers: string;
  /** The topic that a configuration reads, with its number of records. */
  readonly of: (configuration: Configuration) => {
    readonly topic: string;
    readonly records: number;
  };
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
  const { bootstrapServers } = prepared.experiment;
  const work = join(options.folder, 'work');
  await mkdir(work, { mode: 0o700, recursive: true });
  let broker: OpenBroker | undefined;
  const close = async () => {
    await broker?.[Symbol.asyncDispose]();
    await rm(work, { recursive: true, force: true });
  };
  try {
    step(bootstrapServers === undefined ? 'Starting Kafka' : 'Connecting to Kafka');
    broker = await openBroker({ bootstrapServers, toolchain, folder: work, host });
    if (broker.pid !== undefined) await options.onBroker(broker.pid);
    const inputs = topicInputs(prepared.plan, dataset);
    const { mode } = prepared.experiment.measurement;
    const wanted = mode === 'drain' ? [...inputs.values()] : [];
    const records = await loadAll(wanted, broker.bootstrapServers, options);
    return {
      bootstrapServers: broker.bootstrapServers,
      of: ({ id }) => {
        const input = inputs.get(id);
        if (input === undefined) throw new Error(`no topic for configuration ${id}`);
        return { topic: input.topic, records: records.get(input.topic) ?? 0 };
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    const silent = error instanceof HarnessError && error.code === 'BROKER_UNREACHABLE';
    const cause = silent ? await broker?.whyEnded() : undefined;
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
