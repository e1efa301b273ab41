import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { produce } from '../../../src/kafka/producer.js';
import { createTopic, listTopics } from '../../../src/kafka/topics.js';
import { bootstrapServersOf, type KafkaSecurity } from '../../../src/model/kafka-endpoint.js';
import { makeCertificates, type Certificates } from '../../helpers/certificates.js';
import { grant } from '../../helpers/grant.js';
import { realToolchain } from '../../helpers/real-broker.js';
import {
  guest,
  loginAs,
  loginBy,
  ownUser,
  securedBroker,
  tuner,
} from '../../helpers/secured-broker.js';
import { kafkaSection, securedRun } from '../../helpers/secured-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

/** May do all with the topics of a run but read them. */
const noReader = ownUser('no-reader');
/** May do all with the topics of a run, and look at those of others. */
const noWriter = ownUser('no-writer');

interface Night {
  readonly data?: string;
  /** Besides, as lines of the experiment. */
  readonly knobs?: string;
}

const experiment = (kafka: string, { data = '{ records: 12000 }', knobs = '' }: Night) =>
  `version: 1
name: refused
data: ${data}
${kafka}knobs:
  spark.master: local[2]
  source.maxOffsetsPerTrigger: 500
${knobs}`;

const otherProtocol =
  'if the address is right, it wants another protocol; say which in kafka.security, or with --command-config.';
const allow = (user: string) =>
  `kafka-acls.sh --bootstrap-server $SERVERS --command-config ADMIN.properties --add --allow-principal User:${user}`;
const ownTopics =
  '--operation Read --operation Write --operation Delete --topic streamtune- --resource-pattern-type prefixed';

describe('a run that its Kafka refuses, before its first trial', () => {
  let broker: Broker;
  const folder = temporaryFolder(() => [broker.pid]);
  const { signal } = testHost().host;
  let good: Certificates;
  let foreign: Certificates;
  let connection: Parameters<typeof listTopics>[0];

  before(async () => {
    const { java } = await realToolchain();
    const tls = join(folder, 'tls');
    mkdirSync(tls);
    good = await makeCertificates(tls, { java: java.home, name: 'good' });
    foreign = await makeCertificates(tls, { java: java.home, name: 'foreign', days: 1 });
    const users = [noReader, noWriter];
    const settings = { 'sasl.enabled.mechanisms': 'SCRAM-SHA-512' };
    broker = await securedBroker(join(folder, 'kafka'), good, { users, settings });
    const { servers } = broker.endpoint;
    connection = { endpoint: { servers, security: loginAs(good, tuner) }, signal };
    await createTopic(connection, { name: 'theirs', partitions: 1 });
    const records = [Buffer.from('a record')];
    await produce({ ...connection, topic: 'theirs', partitions: 1, records });
    const own = { of: 'TOPIC', name: 'streamtune-*' } as const;
    const make = ['CREATE', 'WRITE', 'DELETE'] as const;
    await grant(connection, { ...own, to: noReader.name, operations: make });
    await grant(connection, { ...own, to: noWriter.name, operations: [...make, 'READ'] });
    const theirs = { of: 'TOPIC', name: 'theirs', operations: ['DESCRIBE'] } as const;
    await grant(connection, { ...theirs, to: noWriter.name });
  });
  after(async () => {
    await broker[Symbol.asyncDispose]();
  });

  interface SecuredNight extends Night {
    readonly security: KafkaSecurity;
    readonly servers?: readonly string[];
  }

  /** The one message of a run that must be refused and leave nothing; `$SERVERS` stands for its brokers, `$OWN` for its topic. */
  const refusal = async ({
    security,
    servers = broker.endpoint.servers,
    ...night
  }: SecuredNight) => {
    const endpoint = { servers, security };
    const file = join(folder, 'night.yaml');
    writeFileSync(file, experiment(kafkaSection(endpoint), night));
    const results = join(folder, 'results');
    const password = security.sasl?.password ?? 'no password';
    const call = ['run', file, '--results', results];
    const { code, stdout, stderr, seen } = await securedRun(call, password);
    expect(code, stderr).to.equal(3);
    expect(stdout).to.equal('');
    expect(existsSync(results) ? readdirSync(results) : [], 'runs').to.deep.equal([]);
    expect(await listTopics(connection), 'topics').to.deep.equal(['theirs']);
    expect(seen, 'whose arguments show the password').to.deep.equal([]);
    expect(stderr).not.to.contain(password);
    expect(stderr.match(/^[A-Z_]+: /gm), stderr).to.have.length(1);
    const text = stderr.slice(stderr.search(/^[A-Z_]+: /m));
    return text
      .replaceAll(bootstrapServersOf(endpoint), '$SERVERS')
      .replaceAll(/\bstreamtune-\w{8}-\w+-p1\b/g, '$OWN');
  };

  it('for a wrong password', async () => {
    const text = await refusal({ security: loginAs(good, { ...tuner, password: 'wrong-one' }) });
    expect(text).to
      .equal(`BROKER_LOGIN: The Kafka broker at $SERVERS refuses the login of tuner: invalid credentials with SASL mechanism SCRAM-SHA-512.
  Check mechanism, username and password (kafka.security, or the file of --command-config), and that this broker knows the user.
`);
  });

  it('for a certificate of another authority', async () => {
    const text = await refusal({ security: loginAs(foreign, tuner) });
    expect(text).to
      .equal(`BROKER_LOGIN: The Kafka broker at $SERVERS has a certificate of another authority than ${foreign.ca}, which is not trusted.
  Name the PEM file of its authority as kafka.security.ca, or as ssl.truststore.location with --command-config.
`);
  });

  it('for a certificate that has expired', async () => {
    await using expired = await securedBroker(join(folder, 'expired'), foreign);
    const { servers } = expired.endpoint;
    const text = await refusal({ servers, security: loginAs(foreign, tuner) });
    expect(text).to
      .equal(`BROKER_LOGIN: The Kafka broker at $SERVERS has a certificate that has expired.
  Its certificate has to be renewed; check the clock of this machine, too.
`);
  });

  it('for a protocol that does not fit', async () => {
    const { sasl, tls } = loginAs(good, tuner);
    const ways: readonly KafkaSecurity[] = [
      { protocol: 'PLAINTEXT' },
      { protocol: 'SASL_PLAINTEXT', ...(sasl && { sasl }) },
      { protocol: 'SSL', ...(tls && { tls }) },
    ];
    for (const security of ways) {
      const text = await refusal({ security });
      expect(text).to
        .equal(`BROKER_UNREACHABLE: No Kafka broker responds at $SERVERS: Closed connection.
  It closes a connection by ${security.protocol}: ${otherProtocol}
`);
    }
  });

  it('for TLS or a login where the broker has none', async () => {
    const properties = readFileSync(join(folder, 'kafka', 'broker', 'server.properties'), 'utf8');
    const [, plain = ''] = /^advertised.*PLAINTEXT:\/\/([\d.:]+)$/m.exec(properties) ?? [];
    const { sasl } = loginAs(good, tuner);
    const refused = async (security: KafkaSecurity) =>
      await refusal({ servers: [plain], security });
    expect(await refused(loginAs(good, tuner))).to
      .equal(`BROKER_UNREACHABLE: No Kafka broker responds at $SERVERS: Connection error: Client network socket disconnected before secure TLS connection was established.
  It closes a connection by SASL_SSL: ${otherProtocol}
`);
    expect(await refused({ protocol: 'SASL_PLAINTEXT', ...(sasl && { sasl }) })).to
      .equal(`BROKER_LOGIN: The Kafka broker at $SERVERS takes no login at this address.
  Use the address where it does, or PLAINTEXT or SSL as kafka.security.protocol, or as security.protocol with --command-config.
`);
  });

  it('for a mechanism that the broker does not take', async () => {
    const security = loginBy({ protocol: 'SASL_SSL', mechanism: 'PLAIN' }, good);
    expect(await refusal({ security })).to
      .equal(`BROKER_LOGIN: The Kafka broker at $SERVERS takes no login by this mechanism.
  Name one that it takes as kafka.security.mechanism, or as sasl.mechanism with --command-config: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.
`);
  });

  it('for a user without any right', async () => {
    const text = await refusal({ security: loginAs(good, guest) });
    expect(text).to
      .equal(`BROKER_REFUSED: The Kafka broker at $SERVERS does not let the user guest create the topic $OWN.
  Have its administrator allow it: ${allow('guest')} --operation Create ${ownTopics}
`);
  });

  it('for a user who may not read what the run loads', async () => {
    const text = await refusal({ security: loginAs(good, noReader) });
    expect(text).to
      .equal(`BROKER_REFUSED: The Kafka broker at $SERVERS does not let the user no-reader read the topic $OWN.
  Have its administrator allow it: ${allow('no-reader')} --operation Create ${ownTopics}
`);
  });

  it('for a user who may not write where its trials write', async () => {
    for (const topic of ['theirs', 'not-shown']) {
      const knobs = `  job.sink: kafka\n  job.outputTopic: ${topic}\n`;
      const text = await refusal({ security: loginAs(good, noWriter), knobs });
      expect(text).to
        .equal(`BROKER_REFUSED: The Kafka broker at $SERVERS does not let the user no-writer write to the topic ${topic}.
  Have its administrator allow it: ${allow('no-writer')} --operation Write --topic ${topic}
`);
    }
  });

  it('for a user without a right to the group that reads what is kept of its output', async () => {
    const knobs = '  job.sink: kafka\njob: { keep: output }\n';
    const text = await refusal({ security: loginAs(good, noWriter), knobs });
    expect(text).to
      .equal(`BROKER_REFUSED: The Kafka broker at $SERVERS does not let the user no-writer read with this consumer group (streamtune's own begin with streamtune-), or has no coordinator for it.
  Have its administrator allow it: ${allow('no-writer')} --operation Read --group streamtune- --resource-pattern-type prefixed
`);
  });

  it('for a user who may not read the topic that it names', async () => {
    const data = '{ topic: theirs }';
    const text = await refusal({ security: loginAs(good, noWriter), data });
    expect(text).to
      .equal(`BROKER_REFUSED: The Kafka broker at $SERVERS does not let the user no-writer read the topic theirs.
  Have its administrator allow it: ${allow('no-writer')} --operation Read --topic theirs
`);
  });
});
