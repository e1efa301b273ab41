import { resolve } from 'node:path';
import { recordsOf } from '../../dataset/records-of.js';
import type { KafkaConnection } from '../../kafka/client.js';
import { produce, type Produced } from '../../kafka/producer.js';
import { createTopic, describeTopic } from '../../kafka/topics.js';
import type { DataSpec } from '../../model/experiment.js';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { connectionTo, type GivenBroker } from './broker-option.js';

interface ProduceRequest extends GivenBroker {
  readonly topic: string;
  readonly partitions: number | undefined;
  readonly count: number | undefined;
  /** Records per second. */
  readonly rate: number | undefined;
  /** Records per second of event time. */
  readonly eventRate: number | undefined;
  readonly file: string | undefined;
  /** Whether the records of the file may be anything. */
  readonly asIs: boolean;
  readonly seed: number;
}

/**
 * Sends records to a topic, creating it if it is missing. With only a rate, runs until stopped. Throws USAGE if nothing
 * says how much to send.
 */
export async function produceRecords(
  host: Host,
  request: ProduceRequest,
  onProgress: (records: number) => void,
): Promise<Produced> {
  const { topic, rate, count, file, eventRate } = request;
  if (rate === undefined && count === undefined && file === undefined) throw unlimited(topic);
  if (eventRate !== undefined && file !== undefined) throw timesOfFile();
  const connection = await connectionTo(request, host);
  return await produce({
    ...connection,
    topic,
    partitions: await partitionsOf(connection, request),
    records: recordsOf(dataOf(host, request), eventRate),
    onProgress,
    ...(rate === undefined ? {} : { ratePerSecond: rate }),
  });
}

function dataOf(host: Host, { file, asIs, count, seed }: ProduceRequest): DataSpec {
  if (file === undefined) return { kind: 'generated', records: count ?? Infinity, seed };
  const path = resolve(host.cwd, file);
  const records = count === undefined ? {} : { records: count };
  return { kind: 'file', path, ...(asIs ? { anySchema: true } : {}), ...records };
}

async function partitionsOf(
  connection: KafkaConnection,
  { topic, partitions = 1 }: ProduceRequest,
): Promise<number> {
  try {
    return (await describeTopic(connection, topic)).partitions.length;
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'TOPIC_MISSING') throw error;
    await createTopic(connection, { name: topic, partitions });
    return partitions;
  }
}

function timesOfFile(): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: '--event-rate sets the times of generated records; those of a file have their own.',
    hint: 'Drop --event-rate or --file; --rate sets how fast the records are sent.',
  });
}

/** As fast as possible and without an end, it would fill the disk. */
function unlimited(topic: string): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: 'produce needs --count, --rate or --file to know how much to send.',
    hint: `For example: streamtune produce --topic ${topic} --count 10000, or --rate 100 for a hundred records per second until Ctrl-C`,
  });
}
