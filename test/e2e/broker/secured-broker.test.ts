import { expect } from 'chai';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { createTopic, describeTopic, listTopics, recordsIn } from '../../../src/kafka/topics.js';
import { bootstrapServersOf, type KafkaSecurity } from '../../../src/model/kafka-endpoint.js';
import type { ErrorCode } from '../../../src/model/error-catalogue.js';
import type { Toolchain } from '../../../src/model/toolchain.js';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { makeCertificates, type Certificates } from '../../helpers/certificates.js';
import { expectError } from '../../helpers/expect-error.js';
import { quickJvmLine } from '../../helpers/quick-jvm.js';
import { realToolchain } from '../../helpers/real-broker.js';
import { guest, loginAs, securedBroker, tuner } from '../../helpers/secured-broker.js';
import { kafkaSection, securedRun } from '../../helpers/secured-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('a Kafka that wants TLS and a login', () => {
  let broker: Broker;
  let toolchain: Toolchain;
  let certificates: Certificates;
  let foreign: Certificates;
  const folder = temporaryFolder(() => [broker.pid]);
  const { signal } = testHost().host;
  const as = (security: KafkaSecurity) => ({
    endpoint: { servers: broker.endpoint.servers, security },
    signal,
  });

  const refused = async (promise: Promise<unknown>, code: ErrorCode, text: RegExp) => {
    const { message, hint } = await expectError(promise, code);
    expect(`${message} ${hint}`).to.match(text);
  };

  before(async () => {
    toolchain = await realToolchain();
    const { java } = toolchain;
    mkdirSync(join(folder, 'tls'));
    const make = (name: string, days?: number) =>
      makeCertificates(join(folder, 'tls'), {
        ...{ java: java.home, name },
        ...(days === undefined ? {} : { days }),
      });
    certificates = await make('good');
    foreign = await make('expired', 1);
    broker = await securedBroker(join(folder, 'kafka'), certificates);
    await createTopic(as(loginAs(certificates, tuner)), { name: 'counts', partitions: 1 });
  });
  after(async () => {
    await broker[Symbol.asyncDispose]();
  });

  it('takes each mechanism', async () => {
    const { tls } = loginAs(certificates, tuner);
    for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
      const sasl = { mechanism, username: tuner.name, password: tuner.password };
      const names = await listTopics(
        as({ protocol: 'SASL_SSL', sasl, ...(tls === undefined ? {} : { tls }) }),
      );
      expect(names, mechanism).to.deep.equal(['counts']);
    }
  });

  it('tells a wrong password, an unknown authority and a protocol that does not fit apart', async () => {
    const { sasl } = loginAs(certificates, tuner);
    const wrong = loginAs(certificates, { ...tuner, password: 'wrong' });
    await refused(listTopics(as(wrong)), 'BROKER_LOGIN', /refuses the login/);
    for (const ca of [{ ca: foreign.ca }, {}]) {
      const security = { protocol: 'SASL_SSL', tls: ca, ...(sasl && { sasl }) } as const;
      await refused(listTopics(as(security)), 'BROKER_LOGIN', /not trusted/);
    }
    const missing = loginAs({ ca: join(folder, 'none.pem') }, tuner);
    await refused(listTopics(as(missing)), 'BROKER_LOGIN', /none\.pem cannot be read/);
    await refused(
      listTopics(as({ protocol: 'PLAINTEXT' })),
      'BROKER_UNREACHABLE',
      /Closed connection/,
    );
  });

  it('shows a user without rights no topic', async () => {
    const connection = as(loginAs(certificates, guest));
    expect(await listTopics(connection)).to.deep.equal([]);
    await refused(describeTopic(connection, 'counts'), 'TOPIC_MISSING', /no right/);
    await refused(
      createTopic(connection, { name: 'own', partitions: 1 }),
      'BROKER_REFUSED',
      /does not let the user guest create the topic own\..*--operation Create --topic own$/s,
    );
  });

  it('is told when its certificate has expired', async () => {
    await using expired = await securedBroker(join(folder, 'expired'), foreign);
    const { servers } = expired.endpoint;
    const endpoint = { servers, security: loginAs(foreign, tuner) };
    await refused(listTopics({ endpoint, signal }), 'BROKER_LOGIN', /has expired/);
  });

  it('lets the commands for topics by hand log in with the file that the tools of Kafka take', async () => {
    const config = join(folder, 'client.properties');
    writeFileSync(
      config,
      `security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
  username="${tuner.name}" password="${tuner.password}";
ssl.truststore.type=PEM
ssl.truststore.location=tls/good-ca.pem
`,
    );
    const call = async (...args: readonly string[]) => {
      const { host, written } = testHost();
      const servers = bootstrapServersOf(broker.endpoint);
      const login = ['--bootstrap-servers', servers, '--command-config', config];
      expect(await runCommandLine([...args, ...login], host), written.err).to.equal(0);
      return written;
    };
    const made = await call('topic', 'create', 'by-hand', '--partitions', '2');
    expect(made.err).to.contain(`--command-config ${config}`).and.not.to.contain(tuner.password);
    await call('produce', '--topic', 'by-hand', '--count', '20');
    const read = await call('consume', '--topic', 'by-hand', '--until-end', '--quiet');
    expect(read.out.trim().split('\n')).to.have.length(20);
    expect((await call('topic', 'describe', 'by-hand')).out).to.match(/^0\t0\t10$/m);
    await call('topic', 'delete', 'by-hand', '--force');
    expect((await call('topic', 'list')).out).to.equal('counts\n');
  });

  /** The section of an experiment that logs in to it. */
  const sectionWith = (ca: string) =>
    kafkaSection({ servers: broker.endpoint.servers, security: loginAs({ ca }, tuner) });

  it('is filled, read and written to by one description, and nobody sees the password', async () => {
    const file = join(folder, 'secured.yaml');
    writeFileSync(
      file,
      `version: 1
name: secured
data: { records: 2000 }
${sectionWith('tls/good-ca.pem')}knobs:
  spark.master: local[2]
  job.sink: kafka
  job.outputTopic: counts
${quickJvmLine}
factors: { spark.sql.shuffle.partitions: [2, 4] }
`,
    );
    const { code, stdout, stderr, seen } = await securedRun(['submit', file], tuner.password);
    expect(code, stderr).to.equal(0);
    const connection = as(loginAs(certificates, tuner));
    expect(recordsIn(await describeTopic(connection, 'counts'))).to.be.greaterThan(10);
    expect(await listTopics(connection)).to.deep.equal(['counts']);
    expect(seen).to.deep.equal([]);
    expect(`${stdout}${stderr}${readFileSync(file, 'utf8')}`).not.to.contain(tuner.password);
  });

  it('is read where the certificate of its authority lies on no disk', async () => {
    const ca = join(folder, 'tls', 'moved-ca.pem');
    copyFileSync(certificates.ca, ca);
    const file = join(folder, 'without-ca.yaml');
    writeFileSync(
      file,
      `version: 1
name: without-ca
data: { records: 2000 }
job:
  script: ${projectPath('test/fixtures/jobs/scripts/without_ca.py')}
  args: ['\${kafka.security.ca}']
${sectionWith(ca)}knobs:
  spark.master: local[2]
${quickJvmLine}
factors: { spark.sql.shuffle.partitions: [2, 4] }
`,
    );
    const { code, stdout, stderr } = await securedRun(['submit', file], tuner.password);
    expect(code, `${stdout}${stderr}`).to.equal(0);
    expect(stdout).to.contain(`read without ${ca}`);
    expect(existsSync(ca)).to.equal(true);
  });
});
