import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKafkaInput } from '../../../src/execution/kafka-input.js';
import { checkFixed, fixTopic } from '../../../src/execution/records/existing-topic.js';
import { kafkaClient, type KafkaConnection } from '../../../src/kafka/client.js';
import { produce } from '../../../src/kafka/producer.js';
import {
  createTopic,
  describeTopic,
  listTopics,
  recreateTopic,
} from '../../../src/kafka/topics.js';
import { bootstrapServersOf } from '../../../src/model/kafka-endpoint.js';
import { prepareRun } from '../../../src/run/prepare-run.js';
import { expectError } from '../../helpers/expect-error.js';
import { realToolchain } from '../../helpers/real-broker.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('a topic of somebody else', () => {
  const folder = temporaryFolder();
  const { host } = testHost();
  let connection: KafkaConnection;
  const runFolder = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const send = (topic: string, records: number) =>
    produce({
      ...{ ...connection, topic, partitions: 2 },
      records: Array.from({ length: records }, (_, at) => Buffer.from(`record ${String(at)}`)),
    });
  const filled = async (name: string, records: number) => {
    await createTopic(connection, { name, partitions: 2 });
    await send(name, records);
    return { kind: 'topic', topic: name } as const;
  };
  const deleteBefore = async (topic: string, offset: string) => {
    const admin = kafkaClient(connection).admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic); // which finds out where it is
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] });
    await admin.disconnect();
  };
  before(async () => {
    connection = { endpoint: (await sharedBroker()).endpoint, signal: host.signal };
  });

  it('is read from the same offsets to the same end, however it grows, and when a run goes on', async () => {
    const data = await filled('theirs-grows', 100);
    const own = runFolder('grows');
    const fixed = await fixTopic(connection, { ...data, records: 40 }, own);
    expect(fixed.partitions).to.deep.equal([
      { partition: 0, start: 30, end: 50 },
      { partition: 1, start: 30, end: 50 },
    ]);
    await send('theirs-grows', 60);
    expect(await fixTopic(connection, { ...data, records: 40 }, own)).to.deep.equal(fixed);
    await deleteBefore('theirs-grows', '30'); // what nobody reads may go
    await checkFixed(connection, fixed);
    writeFileSync(join(own, 'topic-offsets.json'), '{"topic": "theirs-grows"}');
    await expectError(fixTopic(connection, data, own), 'RUN_DAMAGED');
  });

  it('that is not there, is empty, or has lost its records is told so, each in its own words', async () => {
    const own = runFolder('lost');
    const missing = await expectError(
      fixTopic(connection, { kind: 'topic', topic: 'theirs-nowhere' }, own),
      'TOPIC_MISSING',
    );
    expect(missing.hint).to.contain('data.topic is read as it is, so it has to exist');
    await createTopic(connection, { name: 'theirs-empty', partitions: 2 });
    const empty = { kind: 'topic', topic: 'theirs-empty' } as const;
    await expectError(fixTopic(connection, empty, own), 'TOPIC_EMPTY');
    const data = await filled('theirs-lost', 100);
    const fixed = await fixTopic(connection, data, own);
    await deleteBefore('theirs-lost', '7');
    const gone = await expectError(checkFixed(connection, fixed), 'TOPIC_RECORDS_GONE');
    expect(gone.message).to.match(/offsets 0 to 49 of partition 0 .* which begins at 7 now: older/);
    await recreateTopic(connection, { name: 'theirs-lost', partitions: 2 });
    await send('theirs-lost', 10);
    const anew = await expectError(fixTopic(connection, data, own), 'TOPIC_RECORDS_GONE');
    expect(anew.message).to.contain('which ends at 5 now: it was made anew');
  });

  it('is as it was after a run, and so are the other topics', async () => {
    await filled('theirs-stays', 100);
    const file = join(folder, 'theirs.yaml');
    const servers = bootstrapServersOf(connection.endpoint);
    writeFileSync(
      file,
      `version: 1\nname: theirs\ndata: { topic: theirs-stays, records: 60 }\nkafka: { bootstrapServers: '${servers}' }\n`,
    );
    const { experiment, plan, data } = await prepareRun(file, { host });
    expect(data).to.deep.equal({ records: 60, how: 'declared' });
    const all = join(folder, 'all.yaml');
    writeFileSync(all, readFileSync(file, 'utf8').replace(', records: 60', ''));
    const whole = await prepareRun(all, { host });
    expect(whole.data).to.deep.equal({ records: 100, how: 'offsets' });
    const before = await describeTopic(connection, 'theirs-stays');
    const names = await listTopics(connection);
    const own = runFolder('stays');
    {
      await using input = await openKafkaInput({
        run: { experiment, plan, runId: 'e2e12345', dataset: 'd', folder: own },
        ...{ toolchain: await realToolchain(), host, step: () => undefined },
        onBroker: () => Promise.resolve(),
      });
      const [configuration] = plan.configurations;
      const trial = { id: 'b1-t1', block: 1, configuration: configuration! };
      await input.checkRecords();
      await input.makeOutput(trial);
      expect(input.inputOf(trial)).to.deep.include({
        ...{ topic: 'theirs-stays', records: 60 },
        startingOffsets: '{"theirs-stays":{"0":20,"1":20}}',
      });
      await input.clearOutput(trial);
    }
    expect(await describeTopic(connection, 'theirs-stays')).to.deep.equal(before);
    expect(await listTopics(connection)).to.deep.equal(names);
    expect(readFileSync(join(own, 'topic-offsets.json'), 'utf8')).to.contain('"end": 50');
  });

  it('is emptied and filled again only where the experiment owns it', async () => {
    await filled('theirs-owned', 9);
    const own = runFolder('owned');
    const file = join(folder, 'owned.yaml');
    const servers = bootstrapServersOf(connection.endpoint);
    const open = async (owned: boolean) => {
      writeFileSync(
        file,
        `version: 1\nname: owned\ndata: { command: [seq, '40'], records: 30${owned ? ', owned: true' : ''} }\nknobs: { topic.name: theirs-owned, topic.partitions: 3 }\nkafka: { bootstrapServers: '${servers}' }\n`,
      );
      const { experiment, plan } = await prepareRun(file, { host });
      return await openKafkaInput({
        run: { experiment, plan, runId: 'e2e12346', dataset: 'd', folder: own },
        ...{ toolchain: await realToolchain(), host, step: () => undefined },
        onBroker: () => Promise.resolve(),
      });
    };
    const { hint } = await expectError(open(false), 'TOPIC_CONFLICT');
    expect(hint).to.contain('data.owned: true');
    const count = async () =>
      (await describeTopic(connection, 'theirs-owned')).partitions.map(({ latest }) => latest);
    expect(await count()).to.deep.equal([5, 4]);
    await using _input = await open(true);
    expect(await count()).to.deep.equal([10, 10, 10]);
    expect(readFileSync(join(own, 'records.txt'), 'utf8')).to.match(/^1\n2\n(?:\d+\n)*30\n$/);
  });
});
