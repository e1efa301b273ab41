import { expect } from 'chai';
import { topicRequest } from '../../../src/kafka/new-topic.js';

describe('the request for a topic', () => {
  it('asks for its partitions, and leaves replication to the cluster', () => {
    expect(topicRequest({ name: 'calls', partitions: 4 })).to.deep.equal({
      topic: 'calls',
      numPartitions: 4,
      replicationFactor: -1,
    });
  });
});
