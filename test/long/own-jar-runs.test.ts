import { expect } from 'chai';
import { appendFileSync, cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { produce } from '../../src/kafka/producer.js';
import { createTopic, describeTopic, listTopics } from '../../src/kafka/topics.js';
import { bootstrapServersOf } from '../../src/model/kafka-endpoint.js';
import { buildJar } from '../helpers/jvm-job.js';
import { leftOvers } from '../helpers/left-overs.js';
import { realToolchain } from '../helpers/real-broker.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { readSummary } from '../helpers/small-night.js';
import { startStreamtune, streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

const records = 12_000;
const rest = `knobs:
  spark.master: local[2]
  source.maxOffsetsPerTrigger: 500
factors: { spark.sql.shuffle.partitions: [2, 1] }
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 3m }
`;

describe("a night with somebody's jar, by the command line", () => {
  const folder = temporaryFolder();
  let jar: string;
  before(async () => {
    jar = buildJar(await realToolchain(), 'LengthCounts', { folder });
  });

  /** Starts a night, stops it in its second trial, and returns its folder. */
  async function brokenOff(name: string, sections: string) {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, `version: 1\nname: ${name}\n${sections}${rest}`);
    const results = join(folder, name);
    const running = startStreamtune(['run', file, '--results', results]);
    await running.says(/trial 2\/3 .* started/);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(130);
    expect(leftOvers(results), 'processes').to.deep.equal([]);
    return join(results, readdirSync(results)[0]!);
  }

  /** Lets it go on, and looks at what it has measured. */
  async function goesOn(run: string) {
    const resumed = await streamtune(['resume', run]);
    expect(resumed.code, resumed.stderr).to.equal(0);
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal([
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report).to.contain('What the jar ran with').and.to.contain('Resumed at 20');
    expect(leftOvers(folder), 'processes').to.deep.equal([]);
    return resumed;
  }

  it('goes on after Ctrl-C with the same jar only', async () => {
    const own = join(folder, 'own.jar');
    cpSync(jar, own);
    const run = await brokenOff(
      'loaded',
      `job: { jar: ${JSON.stringify(own)}, class: LengthCounts, args: ['\${kafka.bootstrapServers}', '\${kafka.topic}', '\${source.maxOffsetsPerTrigger}'] }
data: { records: ${String(records)} }
`,
    );
    appendFileSync(own, 'another build');
    const refused = await streamtune(['resume', run]);
    expect(refused.stderr).to.contain('RUN_CHANGED').and.to.match(/job/);
    cpSync(jar, own);
    await goesOn(run);
    expect(readdirSync(run)).not.to.include('work');
  });

  it('reads a topic that is there, and leaves it and all others as they were', async () => {
    const { endpoint } = await sharedBroker();
    const connection = { endpoint, signal: testHost().host.signal };
    const topic = 'theirs-of-jars';
    await createTopic(connection, { name: topic, partitions: 2 });
    const texts = Array.from({ length: records }, (_, at) => Buffer.from(`record ${String(at)}`));
    await produce({ ...connection, topic, partitions: 2, records: texts });
    const before = await describeTopic(connection, topic);
    const names = await listTopics(connection);
    const args = `'\${kafka.bootstrapServers}', '\${kafka.topic}', '\${source.maxOffsetsPerTrigger}', '-', '-', '\${kafka.startingOffsets}'`;
    const run = await brokenOff(
      'existing',
      `job: { jar: ${JSON.stringify(jar)}, class: LengthCounts, args: [${args}] }
data: { topic: ${topic}, records: 10000 }
kafka: { bootstrapServers: '${bootstrapServersOf(endpoint)}' }
`,
    );
    const offsets = readFileSync(join(run, 'topic-offsets.json'), 'utf8');
    await goesOn(run);
    expect(readFileSync(join(run, 'topic-offsets.json'), 'utf8')).to.equal(offsets);
    expect(await describeTopic(connection, topic)).to.deep.equal(before);
    expect(await listTopics(connection)).to.deep.equal(names);
    const csv = readFileSync(join(run, 'trials.csv'), 'utf8').trim().split('\r\n');
    const rows = csv[0]!.split(',').findIndex((one) => /^input_?rows$/i.test(one));
    expect(csv.slice(1).map((line) => line.split(',')[rows])).to.deep.equal([
      '10000',
      '10000',
      '10000',
    ]);
  });

  it('is tried in the foreground first, with a Spark UI that answers', async () => {
    const file = join(folder, 'foreground.yaml');
    const job = `{ jar: ${JSON.stringify(jar)}, class: LengthCounts, args: ['\${kafka.bootstrapServers}', '\${kafka.topic}', '500'] }`;
    const knobs = "{ spark.master: 'local[2]', spark.sql.shuffle.partitions: 1 }";
    writeFileSync(
      file,
      `version: 1\nname: foreground\njob: ${job}\ndata: { records: 2000 }\nknobs: ${knobs}\n`,
    );
    const { child, ended, says, text } = startStreamtune(['submit', file, '--follow']);
    await says(/Spark UI: http:\S+/);
    await says(/batch 1: 500 rows in /);
    const [, url = ''] = /Spark UI: (http:\S+)/.exec(text.stderr) ?? [];
    expect((await fetch(`${url}/StreamingQuery/`)).status).to.equal(200);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code, stderr).to.equal(130);
  });
});
