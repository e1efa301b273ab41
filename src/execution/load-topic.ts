import { setTimeout as sleep } from 'node:timers/promises';
import { recordsOf } from '../dataset/records-of.js';
import type { KafkaConnection } from '../kafka/client.js';
import { createTopic, describeTopic, recreateTopic } from '../kafka/topics.js';
import { produce } from '../kafka/producer.js';
import { requireRights } from '../kafka/rights/require-rights.js';
import type { DataSpec } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import { bootstrapServersOf } from '../model/kafka-endpoint.js';
import type { HoldBrokerOptions } from './hold-broker.js';
import { loadRate } from './records/load-rate.js';
import { topicPrefix, type TopicInput } from './topic-inputs.js';

/** Loads every topic that is not loaded yet; returns record counts by name. Loads none under an offered load. */
export async function loadTopics(
  inputs: Iterable<TopicInput>,
  connection: KafkaConnection,
  {
    run,
    host,
    step,
    data,
  }: Pick<HoldBrokerOptions, 'run' | 'host' | 'step'> & { readonly data: DataSpec },
): Promise<Map<string, number>> {
  const loaded = new Map<string, number>();
  const { measurement } = run.experiment;
  if (measurement.mode !== 'drain') return loaded;
  for (const input of inputs) {
    if (loaded.has(input.topic)) continue;
    const rate = loadRate({ wanted: data.kind === 'topic' ? undefined : data.records, ...host });
    step(`Loading topic ${input.topic} (${partitionsText(input.partitions)})`, rate.text);
    const startedAt = host.now();
    const made = input.topic.startsWith(topicPrefix(run.runId));
    const owned = made || 'owned' in data;
    const records = await loadTopic({ ...connection, input, data, owned, ...rate });
    loaded.set(input.topic, records);
    const seconds = (host.now() - startedAt) / 1_000;
    step(`  ${records.toLocaleString('en')} records in ${seconds.toFixed(1)} s`);
  }
  return loaded;
}

interface LoadOptions extends KafkaConnection {
  readonly input: TopicInput;
  readonly data: DataSpec;
  /** Whether the topic belongs to the run, so that old contents may be deleted. */
  readonly owned: boolean;
  /** Called with the number of records that are in the topic, as it grows. */
  readonly onProgress?: (records: number) => void;
}

function partitionsText(partitions: number): string {
  return `${String(partitions)} partition${partitions === 1 ? '' : 's'}`;
}

/**
 * Ensures that the topic holds exactly the records of the dataset, and returns their number. A complete topic is left
 * alone; a partly loaded one that belongs to the run is reloaded. Throws TOPIC_CONFLICT if a topic named by the
 * experiment has other contents, or if something else keeps writing to this one.
 */
export async function loadTopic(options: LoadOptions): Promise<number> {
  const { input, data, owned } = options;
  const present = await recordsIn(options);
  if (present !== undefined) {
    const wanted = await countRecords(data);
    if (present === wanted) {
      await requireRights(options, input.topic, ['Read']);
      return wanted;
    }
    if (!owned) throw conflict(input.topic, present, wanted);
  }
  const sent = await load(options, present !== undefined);
  const stored = await settledRecords(options, sent);
  if (stored === sent) return sent;
  if (!owned) throw conflict(input.topic, stored, sent);
  // A batch that was refused for one partition is sent again for all of them, and acks=1 cannot tell.
  await load(options, true);
  const storedAgain = await settledRecords(options, sent);
  if (storedAgain !== sent) throw conflict(input.topic, storedAgain, sent);
  return sent;
}

/** How long replicas may take for what a leader has acknowledged. */
const replicasWithinMs = 30_000;

/** Records in the topic once they are all there: readers see a record only when its replicas have it, too. */
async function settledRecords(options: LoadOptions, sent: number): Promise<number> {
  const end = performance.now() + replicasWithinMs;
  for (;;) {
    const stored = (await recordsIn(options)) ?? 0;
    if (stored >= sent || performance.now() > end) return stored;
    await sleep(100, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

/** Fills a new topic, after deleting an old one, and returns the number of records sent. */
async function load(
  { input, data, endpoint, signal, onProgress = () => undefined }: LoadOptions,
  isThere: boolean,
) {
  const connection = { endpoint, signal };
  const topic = { name: input.topic, partitions: input.partitions };
  await (isThere ? recreateTopic : createTopic)(connection, topic);
  await requireRights(connection, input.topic, ['Read', 'Write']); // before minutes of loading
  const { records } = await produce({
    ...connection,
    topic: input.topic,
    partitions: input.partitions,
    records: recordsOf(data),
    onProgress,
  });
  return records;
}

/**
 * Records in the topic; undefined if it does not exist, and -1 if it is the run's own with another partition count. Throws
 * TOPIC_CONFLICT for such a one that is not.
 */
async function recordsIn({
  input,
  endpoint,
  signal,
  owned,
}: LoadOptions): Promise<number | undefined> {
  try {
    const { partitions } = await describeTopic({ endpoint, signal }, input.topic);
    const records = partitions.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0);
    if (partitions.length !== input.partitions && !owned) {
      throw new HarnessError({
        code: 'TOPIC_CONFLICT',
        message: `Topic ${input.topic} at ${bootstrapServersOf(endpoint)} has ${String(partitions.length)} partitions, not ${String(input.partitions)}.`,
        hint: conflictHint,
      });
    }
    return partitions.length === input.partitions ? records : -1;
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'TOPIC_MISSING') return undefined;
    throw error;
  }
}

async function countRecords(data: DataSpec): Promise<number> {
  if (data.kind === 'generated') return data.records;
  let records = 0;
  for await (const record of recordsOf(data)) records += record.length > 0 ? 1 : 0;
  return records;
}

function conflict(topic: string, present: number, wanted: number): HarnessError {
  return new HarnessError({
    code: 'TOPIC_CONFLICT',
    message: `Topic ${topic} exists and holds ${String(present)} records, not the ${String(wanted)} of the dataset.`,
    hint: conflictHint,
  });
}

const conflictHint =
  'Use another topic.name in the experiment, or delete the topic; data.owned: true lets streamtune do so. To read a topic as it is: data.topic.';
