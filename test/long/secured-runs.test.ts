import { expect } from 'chai';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster } from '../../src/cluster/start-cluster.js';
import type { Broker } from '../../src/kafka/broker/embedded-broker.js';
import { listTopics } from '../../src/kafka/topics.js';
import type { KafkaEndpoint } from '../../src/model/kafka-endpoint.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { makeCertificates } from '../helpers/certificates.js';
import { realToolchain } from '../helpers/real-broker.js';
import { loginAs, securedBroker, tuner } from '../helpers/secured-broker.js';
import { filesWith, kafkaSection, securedRun } from '../helpers/secured-run.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

describe('a night on a Kafka that wants TLS and a login', () => {
  let broker: Broker | undefined;
  // Before the folder's own check of what is left.
  afterEach(async () => {
    await broker?.[Symbol.asyncDispose]();
  });
  const folder = temporaryFolder();
  const { env, signal } = testHost().host;
  let toolchain: Toolchain;
  let endpoint: KafkaEndpoint;
  beforeEach(async () => {
    toolchain = await realToolchain();
    const own = join(folder, String(readdirSync(folder).length));
    mkdirSync(own);
    const { java } = toolchain;
    const certificates = await makeCertificates(own, { java: java.home, name: 'good' });
    broker = await securedBroker(join(own, 'kafka'), certificates);
    endpoint = { servers: broker.endpoint.servers, security: loginAs(certificates, tuner) };
  });

  /** Runs a night to its end, and looks for its password wherever somebody else could read it. */
  const played = async (name: string, sections: string, args: readonly string[] = []) => {
    const night = smallNight(folder, `${sections}${kafkaSection(endpoint)}`);
    const results = join(folder, name);
    const call = ['run', night, '--results', results, ...args];
    const { code, stdout, stderr, seen } = await securedRun(call, tuner.password);
    expect(code, stderr).to.equal(0);
    const [run = ''] = readdirSync(results);
    const { state, trials } = readSummary(join(results, run));
    expect(state).to.equal('complete');
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(['succeeded', 'succeeded']);
    expect(`${stdout}${stderr}`).not.to.contain(tuner.password);
    expect(filesWith(results, tuner.name), 'the search finds what is there').not.to.be.empty;
    expect(filesWith(results, tuner.password)).to.deep.equal([]);
    expect(seen, 'whose arguments show the password').to.deep.equal([]);
    expect(await listTopics({ endpoint, signal })).to.deep.equal([]);
    return join(results, run);
  };
  const oneBlock = 'design: { blocks: 1 }\nmeasurement: { warmup: 1s, timeLimit: 4m }\n';

  it('is played in one live driver', async () => {
    const run = await played('session', `${oneBlock}executor: session\n`);
    expect(readFileSync(join(run, 'report.md'), 'utf8')).to.contain('One live driver ran 2 trials');
  });

  it('is played on the workers of a cluster', async () => {
    const directory = join(folder, 'cluster');
    await using cluster = await startCluster({
      ...{ toolchain, env, signal, port: 0, workers: 2, directory },
      size: { cores: 1, memory: '1g' },
    });
    const memory = `  spark.executor.memory: 512m\n${oneBlock}`;
    const run = await played('cluster', memory, ['--master', cluster.master]);
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report).to.contain('2 (2 cores) on 127.0.0.1');
    expect(filesWith(directory, tuner.password)).to.deep.equal([]);
  });
});
