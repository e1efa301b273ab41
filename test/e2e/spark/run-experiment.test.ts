import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { listTopics } from '../../../src/kafka/topics.js';
import { bootstrapServersOf } from '../../../src/model/kafka-endpoint.js';
import { processesWith } from '../../helpers/process-state.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { readSummary, smallNight } from '../../helpers/small-night.js';
import { startStreamtune, streamtune } from '../../helpers/streamtune.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const ofVariable = 'open-sesame-4711';
const ofFile = 'kept "in" a file, 0815';
const secrets = [ofVariable, ofFile, ofFile.replaceAll('"', '\\"')];

const sections = `  job.sink: kafka
  spark.hadoop.fs.s3a.secret.key: key \${file:password}
  source.kafka.sasl.mechanism: PLAIN
  source.kafka.sasl.jaas.config: a.Module required \${env:STREAMTUNE_TEST_PASSWORD};
factors:
  source.kafka.security.protocol: [PLAINTEXT, SASL_PLAINTEXT]
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 2m }
`;

describe('streamtune run, on a broker that somebody else runs, with passwords', () => {
  let broker: Broker;
  const folder = temporaryFolder();
  const results = join(folder, 'results');
  const seen: number[] = [];
  let file: string;
  let run: string;
  let ended: Awaited<ReturnType<typeof streamtune>>;

  before(async () => {
    broker = await sharedBroker();
    writeFileSync(join(folder, 'password'), `${ofFile}\n`);
    const kafka = `kafka: { bootstrapServers: "${bootstrapServersOf(broker.endpoint)}" }\n`;
    file = smallNight(folder, `${sections}${kafka}job: { keep: output }\n`);
    const env = { ...process.env, STREAMTUNE_TEST_PASSWORD: ofVariable };
    const events = join(folder, 'events.ndjson');
    const args = ['run', file, '--results', results, '--events', events];
    const look = setInterval(() => {
      seen.push(...secrets.flatMap((secret) => processesWith(secret)));
    }, 200);
    ended = await startStreamtune(args, env).ended;
    clearInterval(look);
    run = join(results, readdirSync(results)[0]!);
  });
  const read = (name: string) => readFileSync(join(run, name), 'utf8');
  const ofTrial = (id: string, name: string) =>
    read(
      join(
        'trials',
        readdirSync(join(run, 'trials')).find((one) => one.endsWith(id))!,
        name,
      ),
    );

  it('measures what runs, says why the rest failed, and writes every report', async () => {
    const { code, stdout, stderr } = ended;
    expect(code, stderr).to.equal(1);
    const summary = JSON.parse(read('summary.json')) as {
      configurations: { id: string; rowsPerSecond: { median: number } | null }[];
    };
    expect(summary.configurations.map((c) => c.id)).to.deep.equal(['baseline', 'aa', 'c1']);
    expect(summary.configurations[0]?.rowsPerSecond?.median).to.be.greaterThan(10);
    const failed = readSummary(run).trials.filter(({ id }) => id.includes('c1'));
    expect(failed.map(({ outcome }) => outcome)).to.deep.equal(['failed', 'failed']);
    expect(stdout.replaceAll(/\s+/g, ' ')).to.match(/source-failure: .*(Kafka|JAAS|login)/i);
    expect(read('report.md')).to.contain('SASL_PLAINTEXT').and.not.to.contain('NaN');
    expect(read('answers.md')).to.match(/this run cannot tell/i);
    expect(read('trials.csv').trim().split('\r\n')).to.have.length(5);
    expect(readdirSync(run)).not.to.include('work');

    const before = read('report.md');
    const again = await streamtune(['report', run]);
    expect(again.stdout).to.equal(stdout);
    expect(read('report.md')).to.equal(before);
    const answers = await streamtune(['answers', run]);
    expect(answers.code, answers.stderr).to.equal(0);
  });

  it('keeps the counts that a trial has written to Kafka, as the experiment asks', () => {
    const records = ofTrial('baseline', join('output', 'records.ndjson')).trim().split('\n');
    const { value } = JSON.parse(records[0]!) as { value: string };
    expect(JSON.parse(value)).to.have.property('count');
    expect(read('report.md')).to.match(/in its folder `output\/`, \d+\.\d MB in all/);
    expect(ended.stderr).to.contain('Kept what the trials wrote');
  });

  it('leaves the broker running as it found it, without any topic of its own', async () => {
    const { endpoint } = broker;
    const topics = await listTopics({ endpoint, signal: testHost().host.signal });
    const { runId } = JSON.parse(read('manifest.json')) as { runId: string };
    expect(topics.filter((name) => name.includes(runId))).to.deep.equal([]);
    expect(ended.stderr).to.contain(`Loading topic streamtune-${runId}-`);
    expect(read('report.md')).to.contain(bootstrapServersOf(endpoint));
  });

  it('uses the passwords, and writes, prints and lists them nowhere', () => {
    const conf = JSON.parse(ofTrial('baseline', 'effective-conf.json')) as {
      settings: Record<string, string>;
    };
    expect(conf.settings, 'told by its name only where the session had its value').to.include({
      'spark.hadoop.fs.s3a.secret.key': `key \${file:${join(folder, 'password')}}`,
    });
    const job = ofTrial('baseline', 'data_stream.py');
    expect(job).to.contain('os.environ["STREAMTUNE_TEST_PASSWORD"]');
    const shouted = ofTrial('c1', 'stderr.log');
    expect(shouted, 'Kafka names the word that it does not understand').to.contain('***');

    expect(seen, 'processes with a password in their arguments').to.deep.equal([]);
    const written = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'password')
      .map((entry) => join(entry.parentPath, entry.name));
    expect(written.length).to.be.greaterThan(20);
    for (const secret of secrets) {
      expect(`${ended.stdout}${ended.stderr}`).not.to.contain(secret);
      for (const one of written) expect(readFileSync(one, 'utf8'), one).not.to.contain(secret);
    }
  });

  it('does not start without them', async () => {
    const { code, stderr } = await streamtune(['run', file, '--results', results]);
    expect(code).to.equal(3);
    expect(stderr).to.contain('SECRET_MISSING').and.to.contain('${env:STREAMTUNE_TEST_PASSWORD}');
  });
});

describe('streamtune run, when it is stopped', () => {
  const folder = temporaryFolder();
  const start = (results: string) => {
    const file = smallNight(folder, 'design: { blocks: 1 }\n');
    return startStreamtune(['run', file, '--results', results]);
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`stops everything on ${signal}, writes the report of what there is, and says 130`, async () => {
      const results = join(folder, signal);
      const running = start(results);
      await running.says(/trial 1\/2 .* started/);
      running.child.kill(signal);
      const { code, stderr } = await running.ended;
      expect(code, stderr).to.equal(130);
      const run = join(results, readdirSync(results)[0]!);
      const report = readFileSync(join(run, 'report.md'), 'utf8');
      expect(report).to.contain('interrupted').and.to.contain('Interrupted: continue');
      for (const gone of ['work', 'run.lock']) expect(readdirSync(run)).not.to.include(gone);
    });
  }

  it('stops at once when it is asked a second time, and leaves nothing running either', async () => {
    const results = join(folder, 'twice');
    const running = start(results);
    await running.says(/trial 1\/2 .* started/);
    running.child.kill('SIGINT');
    await running.says(/Shutting down/);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(130);
    const run = join(results, readdirSync(results)[0]!);
    expect(readdirSync(run)).not.to.include('run.lock');
    const { stdout } = await streamtune(['status', run]);
    expect(stdout).to.match(/continue with `node .*streamtune\.js resume`/);
  });

  it('leaves no folder when it is stopped before its first trial', async () => {
    const results = join(folder, 'early');
    const running = start(results);
    await running.says(/Starting Kafka/);
    running.child.kill('SIGTERM');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(130);
    expect(readdirSync(results)).to.deep.equal([]);
  });
});
