import { expect } from 'chai';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listTopics } from '../../../src/kafka/topics.js';
import { bootstrapServersOf } from '../../../src/model/kafka-endpoint.js';
import { leftOvers } from '../../helpers/left-overs.js';
import { quickJvmLine } from '../../helpers/quick-jvm.js';
import { fixtureScript } from '../../helpers/script-trial.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { startStreamtune } from '../../helpers/streamtune.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('submit', () => {
  const folder = temporaryFolder();

  it('shows a job as it runs, with a Spark UI that answers, and Ctrl-C ends all of it', async () => {
    const { endpoint } = await sharedBroker();
    const connection = { endpoint, signal: testHost().host.signal };
    const before = await listTopics(connection);
    const file = join(folder, 'foreground.yaml');
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    writeFileSync(
      file,
      `version: 1
name: foreground
job: { script: ${JSON.stringify(fixtureScript('scripts/by_hour.py'))} }
data: { records: 1000 }
kafka: { bootstrapServers: '${bootstrapServersOf(endpoint)}' }
knobs:
  spark.master: local[2]
  spark.sql.shuffle.partitions: 1
  source.maxOffsetsPerTrigger: 500
${quickJvmLine}
`,
    );
    const env = { ...process.env, TMPDIR: temporary };
    const { child, ended, says, text } = startStreamtune(['submit', file, '--follow'], env);
    await says(/Spark UI: http:\S+/);
    await says(/batch 1: 500 rows in /);
    const [, url = ''] = /Spark UI: (http:\S+)/.exec(text.stderr) ?? [];
    expect((await fetch(`${url}/StreamingQuery/`)).status).to.equal(200);
    expect(leftOvers(folder), 'the job').not.to.deep.equal([]);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect(code, stderr).to.equal(130);
    expect(stdout, 'what the job prints').to.match(/Batch: 1\n/);
    expect(leftOvers(folder), 'processes').to.deep.equal([]);
    expect(readdirSync(temporary), 'files').to.deep.equal([]);
    expect(await listTopics(connection), 'topics').to.deep.equal(before);
  });
});
