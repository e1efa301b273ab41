import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic, describeTopic, listTopics, recordsIn } from '../../src/kafka/topics.js';
import { overridable } from '../../src/model/experiment.js';
import type { KafkaEndpoint, KafkaSecurity } from '../../src/model/kafka-endpoint.js';
import { projectPath } from '../../src/process/project-paths.js';
import { makeCertificates, makeClientCertificate } from '../helpers/certificates.js';
import { expectError } from '../helpers/expect-error.js';
import { runOwnJob } from '../helpers/own-job-trial.js';
import { realArchive, realToolchain } from '../helpers/real-broker.js';
import { clientCertificates, loginAs, securedBroker, tuner } from '../helpers/secured-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

describe('a Kafka that wants the certificate of its client, too', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;

  it('asks for a certificate, and gives source and sink of a script the whole login', async () => {
    const toolchain = await realToolchain();
    const { java } = toolchain;
    mkdirSync(join(folder, 'tls'));
    const certificates = await makeCertificates(join(folder, 'tls'), {
      java: java.home,
      name: 'good',
    });
    const own = await makeClientCertificate(join(folder, 'tls'), { java: java.home, name: 'good' });
    await using strict = await securedBroker(join(folder, 'strict'), certificates, {
      settings: clientCertificates(certificates),
    });
    const { servers } = strict.endpoint;
    const { tls, sasl } = loginAs(certificates, tuner);
    const without = { servers, security: { protocol: 'SASL_SSL', tls, sasl } } as KafkaEndpoint;
    const { message, hint } = await expectError(
      listTopics({ endpoint: without, signal }),
      'BROKER_LOGIN',
    );
    expect(`${message} ${hint}`).to.match(/own certificate/);
    const security = { protocol: 'SASL_SSL', tls: { ...tls, ...own }, sasl } as KafkaSecurity;
    const endpoint = { servers, security };
    await createTopic({ endpoint, signal }, { name: 'calls', partitions: 2 });
    const calls = generateCalls({ sample: readSample(), records: 500, seed: 3 });
    await produce({ endpoint, signal, topic: 'calls', partitions: 2, records: calls });
    const password = join(folder, 'password');
    writeFileSync(password, tuner.password);
    const trials = join(folder, 'trials');
    mkdirSync(trials);
    const script = projectPath('test/fixtures/jobs/scripts/enrich.py');
    const { why, outputTopic, output } = await runOwnJob(
      {
        ...{ toolchain, archive: await realArchive(toolchain), folder: trials },
        ...{ topic: 'calls', records: 500 },
        endpoint: {
          servers,
          security: { ...security, sasl: { ...sasl!, password: `\${file:${password}}` } },
        },
      },
      { kind: 'script', script, args: [], pyFiles: [], env: {}, override: [...overridable] },
    );
    expect(why, output).to.equal(undefined);
    expect(output).not.to.contain(tuner.password);
    expect(recordsIn(await describeTopic({ endpoint, signal }, outputTopic))).to.equal(500);
  });
});
