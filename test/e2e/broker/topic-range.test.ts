import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consume } from '../../../src/kafka/consumer.js';
import { produce } from '../../../src/kafka/producer.js';
import { saveRecords } from '../../../src/kafka/save-records.js';
import { createTopic, deleteTopic, listTopics } from '../../../src/kafka/topics.js';
import type { RangeRequest } from '../../../src/kafka/topic-range.js';
import { expectError } from '../../helpers/expect-error.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('a part of a topic', () => {
  const folder = temporaryFolder();
  const topic = 'topic-range-calls';
  const { signal } = new AbortController();
  const connection = async () => ({ endpoint: (await sharedBroker()).endpoint, signal });

  before(async () => {
    await createTopic(await connection(), { name: topic, partitions: 2 });
    await send(0, 100);
  });

  /** Sends numbers, the even ones to partition 0. */
  async function send(first: number, count: number) {
    const records = Array.from({ length: count }, (_, at) => Buffer.from(String(first + at)));
    await produce({ ...(await connection()), topic, partitions: 2, records });
  }

  async function read(range: Partial<RangeRequest>, groupId?: string) {
    const values: number[] = [];
    const options = { ...(await connection()), topic, fromBeginning: true };
    await consume({
      ...options,
      ...(groupId === undefined ? {} : { groupId }),
      range: { untilEnd: true, fromBeginning: true, groupId, ...range },
      onMessage: (value) => values.push(Number(value.toString())),
    });
    return values;
  }

  it('ends with the topic as it was, of one partition or of all', async () => {
    expect((await read({})).sort((a, b) => a - b)).to.deep.equal([...Array(100).keys()]);
    expect(await read({ partition: 1, offset: 47 })).to.deep.equal([95, 97, 99]);
    expect(await read({ partition: 1, offset: 50 })).to.deep.equal([]);
  });

  it('is written to a file, a record to a line', async () => {
    const file = join(folder, 'kept', 'output', 'records.ndjson');
    await saveRecords(await connection(), topic, file);
    const records = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { partition: number; offset: number; value: string });
    expect(records).to.have.length(100);
    for (const { partition, offset, value } of records) {
      expect(Number(value)).to.equal(2 * offset + partition);
    }
  });

  it('goes on where a group has stopped', async () => {
    expect(await read({ partition: 0 }, 'topic-range-group')).to.have.length(50);
    await send(100, 4);
    expect(await read({ partition: 0 }, 'topic-range-group')).to.deep.equal([100, 102]);
  });

  it('is gone with the topic, which can be made again at once', async () => {
    const deleted = await deleteTopic(await connection(), topic);
    expect(deleted.partitions.map(({ latest }) => latest)).to.deep.equal([52, 52]);
    expect(await listTopics(await connection())).not.to.include(topic);
    await createTopic(await connection(), { name: topic, partitions: 1 });
    await deleteTopic(await connection(), topic);
    await expectError(deleteTopic(await connection(), topic), 'TOPIC_MISSING');
  });
});
