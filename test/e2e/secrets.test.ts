import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Broker } from '../../src/kafka/embedded-broker.js';
import { listTopics } from '../../src/kafka/topics.js';
import { processesWith } from '../helpers/process-state.js';
import { realBroker } from '../helpers/real-broker.js';
import { startStreamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

const ofVariable = 'open-sesame-4711';
const ofFile = 'kept "in" a file, 0815';
const secrets = [ofVariable, ofFile, ofFile.replaceAll('"', '\\"')];

const experiment = `version: 1
name: secrets
data: { records: 8000 }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  source.maxOffsetsPerTrigger: 500
  spark.sql.shuffle.partitions: 2
  spark.hadoop.fs.s3a.secret.key: key \${file:password}
  source.kafka.sasl.mechanism: PLAIN
  source.kafka.sasl.jaas.config: a.Module required \${env:STREAMTUNE_TEST_PASSWORD};
factors:
  source.kafka.security.protocol: [PLAINTEXT, SASL_PLAINTEXT]
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 2m }
`;

describe('an experiment with passwords, on a broker of its own', () => {
  let broker: Broker;
  const folder = temporaryFolder(() => [broker.pid]);
  const [file, password, results] = ['secrets.yaml', 'password', 'results'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  before(async () => {
    broker = await realBroker(folder);
    const external = `kafka: { bootstrapServers: "${broker.bootstrapServers}" }\n`;
    writeFileSync(file, `${experiment}${external}`);
    writeFileSync(password, `${ofFile}\n`);
  });
  after(async () => {
    await broker[Symbol.asyncDispose]();
  });
  const env = { ...process.env, STREAMTUNE_TEST_PASSWORD: ofVariable };

  it('uses them, and writes, prints and lists them nowhere', async () => {
    const events = join(folder, 'events.ndjson');
    const running = startStreamtune(['run', file, '--results', results, '--events', events], env);
    const seen: number[] = [];
    const look = setInterval(() => {
      seen.push(...secrets.flatMap((secret) => processesWith(secret)));
    }, 200);
    const { code, stdout, stderr } = await running.ended;
    clearInterval(look);
    expect(code, stderr).to.equal(1);
    const run = join(results, readdirSync(results)[0]!);
    const { bootstrapServers } = broker;
    const topics = await listTopics({ bootstrapServers, signal: testHost().host.signal });
    expect(topics, 'the broker runs on, with what was loaded').to.have.length(1);
    expect(stderr).to.contain(`Loading topic ${topics[0]!}`);
    expect(readFileSync(join(run, 'report.md'), 'utf8')).to.contain(bootstrapServers);
    const trial = (id: string) =>
      join(
        run,
        'trials',
        readdirSync(join(run, 'trials')).find((name) => name.endsWith(id))!,
      );
    const conf = JSON.parse(
      readFileSync(join(trial('baseline'), 'effective-conf.json'), 'utf8'),
    ) as { settings: Record<string, string> };
    expect(conf.settings, 'told by its name only where the session had its value').to.include({
      'spark.hadoop.fs.s3a.secret.key': `key \${file:${password}}`,
    });
    const job = readFileSync(join(trial('baseline'), 'data_stream.py'), 'utf8');
    expect(job).to.contain('os.environ["STREAMTUNE_TEST_PASSWORD"]');
    const shouted = readFileSync(join(trial('c1'), 'stderr.log'), 'utf8');
    expect(shouted, 'Kafka names the word that it does not understand').to.contain('***');

    expect(seen, 'processes with a password in their arguments').to.deep.equal([]);
    const written = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'password')
      .map((entry) => join(entry.parentPath, entry.name));
    expect(written.length).to.be.greaterThan(20);
    for (const secret of secrets) {
      expect(`${stdout}${stderr}`).not.to.contain(secret);
      for (const one of written) expect(readFileSync(one, 'utf8'), one).not.to.contain(secret);
    }
  });

  it('does not start without them', async () => {
    const { code, stderr } = await startStreamtune(['run', file, '--results', results]).ended;
    expect(code).to.equal(3);
    expect(stderr).to.contain('SECRET_MISSING').and.to.contain('${env:STREAMTUNE_TEST_PASSWORD}');
  });
});
