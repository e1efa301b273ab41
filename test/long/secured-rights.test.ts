import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KafkaConnection } from '../../src/kafka/client.js';
import type { Broker } from '../../src/kafka/broker/embedded-broker.js';
import { readMessages } from '../../src/kafka/browse/read-messages.js';
import { produce } from '../../src/kafka/producer.js';
import {
  createTopic,
  deleteTopic,
  describeTopic,
  listTopics,
  recordsIn,
} from '../../src/kafka/topics.js';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { makeCertificates, type Certificates } from '../helpers/certificates.js';
import { expectError } from '../helpers/expect-error.js';
import { grant, revoke } from '../helpers/grant.js';
import { quickJvmLine } from '../helpers/quick-jvm.js';
import { realToolchain } from '../helpers/real-broker.js';
import { loginAs, ownUser, securedBroker, tuner } from '../helpers/secured-broker.js';
import { kafkaSection, securedRun } from '../helpers/secured-run.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';
import { underWay } from '../helpers/under-way.js';

/** May do what a run does with its own topics. */
const owner = ownUser('owner');
/** May read one topic and write another, both of somebody else. */
const visitor = ownUser('visitor');

const experiment = (kafka: string, data: string, knobs: string) => `version: 1
name: rights
data: ${data}
${kafka}knobs:
  spark.master: local[2]
  job.sink: kafka
${knobs}${quickJvmLine}
factors: { spark.sql.shuffle.partitions: [2, 4] }
`;

describe('the rights that a run needs', () => {
  let broker: Broker;
  const folder = temporaryFolder(() => [broker.pid]);
  const { signal } = testHost().host;
  let certificates: Certificates;
  let connection: KafkaConnection;
  before(async () => {
    const { java } = await realToolchain();
    const tls = join(folder, 'tls');
    mkdirSync(tls);
    certificates = await makeCertificates(tls, { java: java.home, name: 'good' });
    const users = [owner, visitor];
    broker = await securedBroker(join(folder, 'kafka'), certificates, { users });
    const { servers } = broker.endpoint;
    connection = { endpoint: { servers, security: loginAs(certificates, tuner) }, signal };
  });
  after(async () => {
    await broker[Symbol.asyncDispose]();
  });

  const submitted = async (user: typeof owner, data: string, knobs = '') => {
    const { servers } = broker.endpoint;
    const section = kafkaSection({ servers, security: loginAs(certificates, user) });
    const file = join(folder, `${user.name}.yaml`);
    writeFileSync(file, experiment(section, data, knobs));
    const { code, stderr } = await securedRun(['submit', file], user.password);
    expect(code, stderr).to.equal(0);
  };

  it('are to create, read, write and delete its own topics, and none to a consumer group', async () => {
    const operations = ['CREATE', 'READ', 'WRITE', 'DELETE'] as const;
    await grant(connection, { to: owner.name, of: 'TOPIC', name: 'streamtune-*', operations });
    await submitted(owner, '{ records: 2000 }');
    expect(await listTopics(connection)).to.deep.equal([]);
  });

  it('are one to a consumer group for who looks at records', async () => {
    const { servers } = broker.endpoint;
    const endpoint = { servers, security: loginAs(certificates, owner) };
    const topic = 'streamtune-looked-at';
    await createTopic({ endpoint, signal }, { name: topic, partitions: 1 });
    const records = [Buffer.from('a record')];
    await produce({ endpoint, signal, topic, partitions: 1, records });
    const read = async () =>
      await readMessages({ endpoint, signal }, { topic, partition: 0, offset: 0, limit: 1 });
    const { hint } = await expectError(read(), 'BROKER_REFUSED');
    expect(hint).to.match(/--operation Read --group streamtune- --resource-pattern-type prefixed$/);
    const group = { of: 'GROUP', name: 'streamtune-*', operations: ['READ'] } as const;
    await grant(connection, { to: owner.name, ...group });
    expect(await read()).to.have.length(1);
    await deleteTopic({ endpoint, signal }, topic);
  });

  it('are to read and to write where it reads and writes topics that are there', async () => {
    for (const name of ['theirs', 'counts']) await createTopic(connection, { name, partitions: 1 });
    const records = generateCalls({ sample: readSample(), records: 2_000, seed: 3 });
    await produce({ ...connection, topic: 'theirs', partitions: 1, records });
    const of = 'TOPIC';
    await grant(connection, { to: visitor.name, of, name: 'theirs', operations: ['READ'] });
    await grant(connection, { to: visitor.name, of, name: 'counts', operations: ['WRITE'] });
    await submitted(visitor, '{ topic: theirs }', '  job.outputTopic: counts\n');
    expect(recordsIn(await describeTopic(connection, 'counts'))).to.be.greaterThan(10);
    expect(await listTopics(connection)).to.deep.equal(['counts', 'theirs']);
  });

  it('are the reason why a trial fails from which one is taken away', async () => {
    const { servers } = broker.endpoint;
    const section = kafkaSection({ servers, security: loginAs(certificates, owner) });
    const results = join(folder, 'results');
    const sections = `design: { blocks: 1 }\nmeasurement: { timeLimit: 4m }\n${section}`;
    const call = ['run', smallNight(folder, sections), '--results', results];
    const running = securedRun(call, owner.password);
    const { run, trial } = await underWay(results, 1);
    const of = 'TOPIC';
    await revoke(connection, { to: owner.name, of, name: 'streamtune-*', operations: ['READ'] });
    const { code, stderr } = await running;
    expect(code, stderr).to.equal(1);
    const ends = readSummary(run).trials.find(({ id }) => id === trial);
    expect(ends?.reason).to.match(/^source-failure: .*TopicAuthorizationException/);
    expect(stderr).to.match(/^BASELINE_BROKEN: .*TopicAuthorizationException/m);
    expect(await listTopics(connection), 'its own are gone').to.deep.equal(['counts', 'theirs']);
  });
});
