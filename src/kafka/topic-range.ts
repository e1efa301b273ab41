import { HarnessError } from '../model/harness-error.js';
import type { KafkaConnection } from './client.js';
import { committedOffsets, type TopicDescription } from './topics.js';

/** Which records of a topic to read; without a range, all that come. */
export interface RangeRequest {
  /** Only this partition. */
  readonly partition?: number | undefined;
  /** The first offset to read; goes with a partition. */
  readonly offset?: number | undefined;
  /** Up to the end as it is now. */
  readonly untilEnd: boolean;
  /** Where to begin without an offset or a position of the group: at the first record, or after the last. */
  readonly fromBeginning: boolean;
  /** Whose position to begin at. */
  readonly groupId?: string | undefined;
}

/** The part of one partition that is read. */
export interface PartRange {
  readonly partition: number;
  readonly start: number;
  /** The offset after the last one; Infinity if there is no end. */
  readonly end: number;
}

/** Resolves a request against a topic as it is now. Throws USAGE for a partition or an offset that it does not have. */
export async function topicRange(
  connection: KafkaConnection,
  topic: TopicDescription,
  request: RangeRequest,
): Promise<PartRange[]> {
  const { partition, offset, untilEnd, fromBeginning, groupId } = request;
  const parts = topic.partitions.filter(
    (one) => partition === undefined || one.partition === partition,
  );
  if (parts.length === 0) throw withoutPartition(topic, partition);
  const [only] = parts;
  if (offset !== undefined && only !== undefined) refuseOutside(only, offset);
  const committed =
    groupId === undefined ? undefined : await committedOffsets(connection, topic.name, groupId);
  return parts.map(({ partition: number, earliest, latest }) => ({
    partition: number,
    start:
      offset ?? Math.max(earliest, committed?.get(number) ?? (fromBeginning ? earliest : latest)),
    end: untilEnd ? latest : Infinity,
  }));
}

/** Whether a record is in the range. */
export function isWithin(
  ranges: readonly PartRange[],
  { partition, offset }: { readonly partition: number; readonly offset: number },
): boolean {
  return ranges.some(
    (range) => range.partition === partition && offset >= range.start && offset < range.end,
  );
}

function refuseOutside(
  { earliest, latest }: TopicDescription['partitions'][number],
  offset: number,
): void {
  if (Number.isInteger(offset) && offset >= earliest && offset <= latest) return;
  throw usage(
    `--offset ${String(offset)} is not in the partition, which holds ${String(earliest)} to ${String(latest - 1)}.`,
    'streamtune topic describe TOPIC shows the first and the next offset of each partition.',
  );
}

function withoutPartition(
  { name, partitions }: TopicDescription,
  partition: number | undefined,
): HarnessError {
  return usage(
    `Topic ${name} has no partition ${String(partition)}; it has ${partitions.map((one) => one.partition).join(', ')}.`,
    `See them: streamtune topic describe ${name}`,
  );
}

function usage(message: string, hint: string): HarnessError {
  return new HarnessError({ code: 'USAGE', message, hint });
}
