import type { Kafka, Message, Producer } from 'kafkajs';
import produceResponse from 'kafkajs/src/protocol/requests/produce/v3/response.js';
import { produceRequest, type PartitionBatch } from './produce-request.js';

/*
 * kafkajs allocates several small buffers for each record, which takes most of the time of producing. Its connection,
 * metadata and retries are good. So each "message" that it gets here is a whole batch of a partition, encoded already, and
 * what its broker would encode is replaced.
 */

/** kafkajs' own, under a symbol of its own: the release is pinned, and a test shows that the bytes arrive. */
interface Cluster {
  findBroker(which: { readonly nodeId: number }): Promise<OwnBroker>;
}
interface OwnBroker {
  readonly connectionPool: { send(request: unknown): Promise<unknown> };
  produce: (request: GivenRequest) => Promise<unknown>;
  disconnect(): Promise<void>;
}
interface GivenRequest {
  readonly acks: number;
  readonly timeout: number | undefined;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly messages: Message[] }[];
  }[];
}
type CreateCluster = (options: object) => Cluster;

/** A producer of kafkajs to whose `sendBatch` each message is a finished batch of records, one for a partition. */
export function batchProducer(kafka: Kafka): Producer {
  const own = kafka as unknown as Record<symbol, CreateCluster | undefined>;
  const name = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  );
  const create = name === undefined ? undefined : own[name];
  if (name === undefined || create === undefined) throw new Error('this is not kafkajs 2.2.4');
  own[name] = (options) => withOwnEncoding(create(options));
  return kafka.producer({ maxInFlightRequests: 1 });
}

function withOwnEncoding(cluster: Cluster): Cluster {
  const find = cluster.findBroker.bind(cluster);
  cluster.findBroker = async (which) => {
    const broker = await find(which);
    broker.produce = async (request) => await send(broker, request);
    return broker;
  };
  return cluster;
}

async function send(broker: OwnBroker, { acks, timeout, topicData }: GivenRequest) {
  const topics = topicData.map(({ topic, partitions }) => ({
    topic,
    batches: partitions.flatMap(({ partition, messages }) =>
      messages.map(({ value }): PartitionBatch => ({ partition, batch: value as Buffer })),
    ),
  }));
  const buffer = produceRequest({ acks, timeoutMs: timeout ?? 30_000, topics });
  const request = {
    ...{ apiKey: 0, apiVersion: 3, apiName: 'Produce', expectResponse: () => true },
    encode: () => Promise.resolve({ buf: buffer, buffer }), // as kafkajs' Encoder shows itself
  };
  try {
    return await broker.connectionPool.send({ request, response: produceResponse });
  } catch (error) {
    if ((error as Error).name === 'KafkaJSConnectionClosedError') await broker.disconnect();
    throw error;
  }
}
