import type { Kafka, Message, Producer } from 'kafkajs';
import produceResponse from 'kafkajs/src/protocol/requests/produce/v3/response.js';
import { changeClusters, type OwnBroker, type OwnCluster } from '../own-cluster.js';
import { produceRequest, type PartitionBatch } from './produce-request.js';

/*
 * kafkajs allocates several small buffers for each record, which takes most of the time of producing. Its connection,
 * metadata and retries are good. So each "message" that it gets here is a whole batch of a partition, encoded already, and
 * what its broker would encode is replaced.
 */

interface GivenRequest {
  readonly acks: number;
  readonly timeout: number | undefined;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly messages: Message[] }[];
  }[];
}

/** A producer of kafkajs to whose `sendBatch` each message is a finished batch of records, one for a partition. */
export function batchProducer(kafka: Kafka): Producer {
  changeClusters(kafka, withOwnEncoding);
  return kafka.producer({ maxInFlightRequests: 1 });
}

function withOwnEncoding(cluster: OwnCluster): OwnCluster {
  const find = cluster.findBroker.bind(cluster);
  cluster.findBroker = async (which) => {
    const broker = await find(which);
    broker.produce = async (request: GivenRequest) => await send(broker, request);
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
