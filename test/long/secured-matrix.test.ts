import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeTopic, listTopics, recordsIn } from '../../src/kafka/topics.js';
import type { KafkaEndpoint } from '../../src/model/kafka-endpoint.js';
import { makeCertificates, type Certificates } from '../helpers/certificates.js';
import { quickJvmLine } from '../helpers/quick-jvm.js';
import { realToolchain } from '../helpers/real-broker.js';
import { loginBy, securedBroker, tuner } from '../helpers/secured-broker.js';
import { kafkaSection, securedRun } from '../helpers/secured-run.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

/** SASL_SSL with SCRAM-SHA-512 is in `secured-broker.test.ts`. */
const ways = [
  { protocol: 'SSL', mechanisms: [undefined] },
  { protocol: 'SASL_PLAINTEXT', mechanisms: ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] },
  { protocol: 'SASL_SSL', mechanisms: ['PLAIN', 'SCRAM-SHA-256'] },
] as const;

const experiment = (endpoint: KafkaEndpoint, outputTopic: string) => `version: 1
name: ${outputTopic}
data: { records: 2000 }
${kafkaSection(endpoint)}knobs:
  spark.master: local[2]
  job.sink: kafka
  job.outputTopic: ${outputTopic}
${quickJvmLine}
factors: { spark.sql.shuffle.partitions: [2, 4] }
`;

describe('a Kafka with each protocol and mechanism', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  let certificates: Certificates;
  before(async () => {
    const { java } = await realToolchain();
    const tls = join(folder, 'tls');
    mkdirSync(tls);
    certificates = await makeCertificates(tls, { java: java.home, name: 'good' });
  });

  for (const { protocol, mechanisms } of ways) {
    it(`is filled, read and written to by ${protocol}: ${mechanisms.join(', ')}`, async () => {
      await using broker = await securedBroker(join(folder, protocol), certificates, { protocol });
      const written: string[] = [];
      for (const mechanism of mechanisms) {
        const way = { protocol, ...(mechanism === undefined ? {} : { mechanism }) };
        const { servers } = broker.endpoint;
        const endpoint = { servers, security: loginBy(way, certificates) };
        const output = `counts-${mechanism ?? 'none'}`.toLowerCase();
        const file = join(folder, `${output}.yaml`);
        writeFileSync(file, experiment(endpoint, output));
        const { code, stdout, stderr, seen } = await securedRun(['submit', file], tuner.password);
        expect(code, `${output}: ${stderr}`).to.equal(0);
        written.push(output);
        const connection = { endpoint, signal };
        expect(recordsIn(await describeTopic(connection, output)), output).to.be.greaterThan(10);
        expect(await listTopics(connection), 'its own are gone').to.deep.equal([...written].sort());
        expect(`${stdout}${stderr}`).not.to.contain(tuner.password);
        expect(seen, 'whose arguments show the password').to.deep.equal([]);
      }
    });
  }
});
