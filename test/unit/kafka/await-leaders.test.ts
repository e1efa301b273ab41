import { expect } from 'chai';
import type { ITopicMetadata } from 'kafkajs';
import { awaitLeaders } from '../../../src/kafka/await-leaders.js';

const never = new AbortController().signal;

function withLeaders(...leaders: number[]): ITopicMetadata {
  const partitions = leaders.map((leader, partitionId) => ({
    partitionId,
    leader,
    partitionErrorCode: 0,
    replicas: [],
    isr: [],
  }));
  return { name: 'calls', partitions };
}

function protocolError(type: string): Error {
  const name = 'KafkaJSProtocolError';
  return Object.assign(new Error('This server does not host this topic-partition'), { name, type });
}

/** What kafkajs throws once it has tried several times. */
function triedOften(cause: Error): Error {
  return Object.assign(new Error(cause.message, { cause }), {
    name: 'KafkaJSNumberOfRetriesExceeded',
  });
}

/** An admin whose broker gives one answer after the other, and refuses the offsets of a topic at first. */
function answering(...answers: (ITopicMetadata | Error)[]) {
  const refusals = [protocolError('NOT_LEADER_FOR_PARTITION')];
  const offsets = [0, 1].map((partition) => ({ partition, offset: '0', high: '0', low: '0' }));
  return {
    answers,
    fetchTopicOffsets: () => {
      const refusal = refusals.shift();
      return refusal === undefined ? Promise.resolve(offsets) : Promise.reject(refusal);
    },
    fetchTopicMetadata: () => {
      const answer = answers.shift()!;
      return answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve({ topics: [answer] });
    },
  };
}

describe('awaitLeaders', () => {
  it('asks again while the broker has not heard of the topic, of a leader, or does not serve a partition', async () => {
    const admin = answering(
      protocolError('UNKNOWN_TOPIC_OR_PARTITION'),
      triedOften(protocolError('LEADER_NOT_AVAILABLE')),
      withLeaders(0, -1),
      withLeaders(0, 0), // refuses to serve it
      withLeaders(0, 0),
      withLeaders(9),
    );
    await awaitLeaders(admin, 'calls', never);
    expect(admin.answers).to.deep.equal([withLeaders(9)]);
  });

  it('passes on any other error', async () => {
    const denied = protocolError('TOPIC_AUTHORIZATION_FAILED');
    const error: unknown = await awaitLeaders(answering(denied), 'calls', never).catch(
      (caught: unknown) => caught,
    );
    expect(error).to.equal(denied);
  });
});
