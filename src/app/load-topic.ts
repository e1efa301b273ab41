import { recordsOf } from '../dataset/records-of.js';
import { createTopic, deleteTopic, describeTopic } from '../kafka/topics.js';
import { produce } from '../kafka/producer.js';
import type { DataSpec } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { TopicInput } from './topic-inputs.js';

interface LoadOptions {
  readonly input: TopicInput;
  readonly data: DataSpec;
  readonly bootstrapServers: string;
  readonly signal: AbortSignal;
}

/**
 * Makes sure that the topic holds exactly the records of the dataset, and returns how many those are.
 * A topic that is complete already is left alone; a half-loaded one of streamtune's own is loaded anew.
 * Throws TOPIC_CONFLICT for a topic with other content that streamtune did not name.
 */
export async function loadTopic(options: LoadOptions): Promise<number> {
  const { input, data, bootstrapServers, signal } = options;
  const connection = { bootstrapServers, signal };
  const present = await recordsIn(options);
  if (present !== undefined) {
    const wanted = await countRecords(data);
    if (present === wanted) return wanted;
    if (!input.topic.startsWith('streamtune-')) throw conflict(input.topic, present, wanted);
    await deleteTopic(connection, input.topic);
  }
  await createTopic(connection, { name: input.topic, partitions: input.partitions });
  const produced = await produce({
    bootstrapServers,
    topic: input.topic,
    partitions: input.partitions,
    records: recordsOf(data),
    signal,
  });
  return produced.records;
}

/** Records in the topic, undefined if it does not exist. Another partition count is a conflict. */
async function recordsIn({
  input,
  bootstrapServers,
  signal,
}: LoadOptions): Promise<number | undefined> {
  try {
    const { partitions } = await describeTopic({ bootstrapServers, signal }, input.topic);
    const records = partitions.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0);
    if (partitions.length !== input.partitions) {
      throw new HarnessError({
        code: 'TOPIC_CONFLICT',
        message: `Topic ${input.topic} at ${bootstrapServers} has ${String(partitions.length)} partitions, not ${String(input.partitions)}.`,
        hint: 'Use another topic.name in the experiment, or delete the topic.',
      });
    }
    return records;
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
    hint: 'Use another topic.name in the experiment, or delete the topic.',
  });
}
