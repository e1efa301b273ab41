import { join } from 'node:path';
import type { KafkaConnection } from '../../kafka/client.js';
import { requireRights } from '../../kafka/rights/require-rights.js';
import { describeTopic, recordsIn, type TopicDescription } from '../../kafka/topics.js';
import type { TopicData } from '../../model/experiment.js';
import { HarnessError } from '../../model/harness-error.js';
import { bootstrapServersOf } from '../../model/kafka-endpoint.js';
import { readRegularFile, UnreadableFile } from '../../process/files/read-regular-file.js';
import { parseStored, runDamaged } from '../../store/run-damaged.js';
import { writeFileSafely } from '../../process/files/write-file-safely.js';

/** The part of a topic that every trial of a run reads. */
export interface FixedTopic {
  readonly topic: string;
  readonly partitions: readonly FixedPart[];
}

interface FixedPart {
  readonly partition: number;
  /** The first offset that is read. */
  readonly start: number;
  /** The offset after the last one that is read. */
  readonly end: number;
}

/** The file of a run's folder that keeps what its trials read. */
const offsetsFile = 'topic-offsets.json';

/**
 * What the trials of a run read from a topic that is there: as its folder says, or as it is now, which is then kept
 * there. Throws TOPIC_MISSING, TOPIC_EMPTY, or TOPIC_RECORDS_GONE.
 */
export async function fixTopic(
  connection: KafkaConnection,
  data: TopicData,
  folder: string,
): Promise<FixedTopic> {
  const file = join(folder, offsetsFile);
  const kept = await readKept(file);
  if (kept !== undefined) {
    await checkFixed(connection, kept);
    return kept;
  }
  const fixed = partOf(await existingTopic(connection, data.topic), data.records);
  await writeFileSafely(file, `${JSON.stringify(fixed, null, 2)}\n`);
  return fixed;
}

/** A topic that must be there, hold something and may be read. Throws TOPIC_MISSING, TOPIC_EMPTY or BROKER_REFUSED. */
export async function existingTopic(
  connection: KafkaConnection,
  topic: string,
): Promise<TopicDescription> {
  await requireRights(connection, topic, ['Read']);
  const found = await described(connection, topic);
  if (recordsIn(found) > 0) return found;
  throw new HarnessError({
    code: 'TOPIC_EMPTY',
    message: `The topic ${topic} at ${bootstrapServersOf(connection.endpoint)} holds no record.`,
    hint: 'Fill it, or name another in data.topic; its records may also have been deleted by their age (retention.ms).',
  });
}

/** Throws TOPIC_MISSING, or TOPIC_RECORDS_GONE if the records are not there any more. */
export async function checkFixed(
  connection: KafkaConnection,
  { topic, partitions }: FixedTopic,
): Promise<void> {
  const { partitions: now } = await described(connection, topic);
  for (const { partition, start, end } of partitions) {
    if (start === end) continue;
    const there = now.find((one) => one.partition === partition);
    if (there !== undefined && there.earliest <= start && there.latest >= end) continue;
    const what = `partition ${String(partition)} of the topic ${topic} at ${bootstrapServersOf(connection.endpoint)}`;
    throw new HarnessError({
      code: 'TOPIC_RECORDS_GONE',
      message: `The trials read offsets ${String(start)} to ${String(end - 1)} of ${what}, ${lostText(start, there)}.`,
      hint: 'Finished trials are kept. Keep the records for longer than a run takes (retention.ms, retention.bytes), or copy them to another topic, and start a new run; data.records takes the newest ones only.',
    });
  }
}

function lostText(
  start: number,
  there: TopicDescription['partitions'][number] | undefined,
): string {
  if (there === undefined || there.latest < start) return 'which is no longer the same topic';
  return there.earliest > start
    ? `which begins at ${String(there.earliest)} now: older records were deleted by their age or size`
    : `which ends at ${String(there.latest)} now: it was made anew`;
}

async function described(connection: KafkaConnection, topic: string): Promise<TopicDescription> {
  try {
    return await describeTopic(connection, topic);
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'TOPIC_MISSING') throw error;
    throw new HarnessError({
      code: 'TOPIC_MISSING',
      message: error.message,
      hint: 'data.topic is read as it is, so it has to exist; list those that do: streamtune topic list --bootstrap-servers HOST:PORT',
    });
  }
}

/** The newest records, evenly from all partitions as far as they go; everything without a limit. */
export function partOf({ name, partitions }: TopicDescription, records = Infinity): FixedTopic {
  const parts = [...partitions].sort((a, b) => a.latest - a.earliest - (b.latest - b.earliest));
  let left = records;
  const fixed = parts.map(({ partition, earliest, latest }, index) => {
    const share = Math.ceil(left / (parts.length - index));
    const taken = Math.min(latest - earliest, share);
    left -= taken;
    return { partition, start: latest - taken, end: latest };
  });
  return { topic: name, partitions: fixed.sort((a, b) => a.partition - b.partition) };
}

export function fixedRecords({ partitions }: FixedTopic): number {
  return partitions.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The value for the Kafka source's `startingOffsets`. */
export function startingOffsetsOf({ topic, partitions }: FixedTopic): string {
  const starts = partitions.map(({ partition, start }) => [String(partition), start] as const);
  return JSON.stringify({ [topic]: Object.fromEntries(starts) });
}

async function readKept(file: string): Promise<FixedTopic | undefined> {
  try {
    const kept = parseStored(file, await readRegularFile(file)) as Partial<FixedTopic> | null;
    const { topic, partitions } = kept ?? {};
    if (topic !== undefined && Array.isArray(partitions)) return { topic, partitions };
    throw runDamaged(file, 'it does not say which offsets the trials read');
  } catch (error) {
    if (error instanceof UnreadableFile && error.problem === 'missing') return undefined;
    throw error;
  }
}
