import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExperiment } from '../../../src/config/read-experiment.js';
import { clientReferences, sparkKafkaOptions } from '../../../src/model/kafka-client-settings.js';
import { referencesOf, withValues } from '../../../src/jobs/script/knob-references.js';
import { readPlan } from '../../../src/run/read-plan.js';
import { expectError } from '../../helpers/expect-error.js';
import { testHost } from '../../helpers/test-host.js';

async function read(security: string) {
  const changed = `version: 1
name: secured
kafka: { bootstrapServers: 'broker:9093', security: { ${security} } }
factors: { spark.sql.shuffle.partitions: [2, 4] }
`;
  const { experiment } = await readExperiment('/folder/secured.yaml', changed);
  if (experiment.kafka === undefined) throw new Error('no endpoint');
  return experiment.kafka;
}

const login = 'mechanism: SCRAM-SHA-512, username: me, password: "${env:WORD}"';

describe('kafka.security', () => {
  it('is PLAINTEXT with nothing else, or has what its protocol needs', async () => {
    expect((await read('protocol: PLAINTEXT')).security).to.deep.equal({ protocol: 'PLAINTEXT' });
    const { security } = await read(`protocol: SASL_SSL, ${login}, ca: tls/ca.pem`);
    expect(security).to.deep.equal({
      protocol: 'SASL_SSL',
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'me', password: '${env:WORD}' },
      tls: { ca: '/folder/tls/ca.pem' },
    });
  });

  it('reaches Spark with references in the place of passwords and keys', async () => {
    const endpoint = await read(
      `protocol: SASL_SSL, ${login.replace('${env:WORD}', '${file:word}')}, ca: ca.pem, certificate: me.pem, key: me.key`,
    );
    expect(Object.fromEntries(sparkKafkaOptions(endpoint))).to.deep.equal({
      'kafka.security.protocol': 'SASL_SSL',
      'kafka.sasl.mechanism': 'SCRAM-SHA-512',
      'kafka.sasl.jaas.config':
        'org.apache.kafka.common.security.scram.ScramLoginModule required username="me" password="${file:/folder/word}";',
      'kafka.ssl.truststore.type': 'PEM',
      'kafka.ssl.truststore.certificates': '${file:/folder/ca.pem}',
      'kafka.ssl.keystore.type': 'PEM',
      'kafka.ssl.keystore.certificate.chain': '${file:/folder/me.pem}',
      'kafka.ssl.keystore.key': '${file:/folder/me.key}',
    });
    // An authority's certificate is no secret: it is not masked, and may go to a driver elsewhere.
    expect(clientReferences(endpoint).map(({ name }) => name)).to.deep.equal([
      '/folder/word',
      '/folder/me.pem',
      '/folder/me.key',
    ]);
  });

  for (const [what, security, text] of [
    [
      'a login that is not complete',
      'protocol: SASL_SSL, username: me',
      /needs kafka\.security\.mechanism/,
    ],
    ['a login that nobody asks for', `protocol: SSL, ${login}`, /SSL has no use for mechanism/],
    ['certificates without TLS', `protocol: SASL_PLAINTEXT, ${login}, ca: x`, /no use for ca/],
    [
      'a password in clear text',
      `protocol: SASL_SSL, ${login.replace('${env:WORD}', 'word')}`,
      /is a password; write/,
    ],
    [
      'a quote in a user name',
      `protocol: SASL_SSL, ${login.replace('username: me', "username: 'a\"b'")}`,
      /no quote/,
    ],
    ['a certificate without its key', 'protocol: SSL, certificate: x', /without its key/],
    ['an unknown mechanism', 'protocol: SASL_SSL, mechanism: GSSAPI', /mechanism/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { message } = await expectError(read(security), 'EXPERIMENT_INVALID');
      expect(message).to.match(text);
    });
  }

  it('is told apart from a missing certificate before anything starts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'streamtune-pem-'));
    try {
      const file = join(folder, 'secured.yaml');
      writeFileSync(
        file,
        `version: 1
name: secured
factors: { spark.sql.shuffle.partitions: [2, 4] }
kafka:
  bootstrapServers: broker:9093
  security:
    protocol: SSL
    ca: tls/ca.pem
`,
      );
      const { host } = testHost();
      const error = await expectError(readPlan(file, { host }), 'EXPERIMENT_INVALID');
      const missing = join(folder, 'tls', 'ca.pem');
      expect(error.message).to.equal(
        `${file}:8:5: kafka.security.ca: ${missing} is not there, or is no file`,
      );
      mkdirSync(join(folder, 'tls'));
      writeFileSync(missing, '');
      expect((await readPlan(file, { host })).experiment.kafka?.security.tls).to.deep.equal({
        ca: missing,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('reaches a job that logs in by itself, without the password', async () => {
    const endpoint = await read(`protocol: SASL_SSL, ${login}, ca: tls/ca.pem`);
    const text = '${kafka.security.protocol} ${kafka.security.mechanism} ${kafka.security.ca}';
    const input = { endpoint, topic: 'in', records: 1, outputTopic: 'out' };
    const values = referencesOf(input, { checkpoint: '/c', output: '/o' });
    expect(withValues(text, {}, values)).to.equal('SASL_SSL SCRAM-SHA-512 /folder/tls/ca.pem');
    expect(JSON.stringify(values)).not.to.contain('WORD');
  });
});
