import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { realToolchain } from '../helpers/real-broker.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** A master and workers in the driver's JVM, whose executors are processes of their own. */
describe('a run with spark.master=local-cluster', function () {
  this.timeout(900_000);
  const folder = temporaryFolder();

  it('has executors of the size and number that its knobs say, and leaves nothing in Spark', async () => {
    const { spark } = await realToolchain();
    const before = readdirSync(spark.home);
    const results = join(folder, 'results');
    const night = smallNight(
      folder,
      `  spark.executor.memory: 512m
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 20m }
factors:
  spark.cores.max: [2, 1]
`,
    );
    const args = ['run', night, '--results', results, '--master', 'local-cluster[2,1,1024]'];
    const { code, stderr } = await streamtune(args);
    expect(code, stderr).to.equal(0);
    expect(stderr).not.to.contain('cannot-act');
    const run = join(results, readdirSync(results)[0] ?? '');
    const { configurations, trials } = readSummary(run);
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(Array(3).fill('succeeded'));
    const [two, again, one] = configurations.map(({ cost }) => cost?.resources);
    expect(two).to.deep.equal({ cores: 2, memoryBytes: 2 * 2 ** 30 });
    expect(again).to.deep.equal(two);
    expect(one).to.deep.equal({ cores: 1, memoryBytes: 1.5 * 2 ** 30 });
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report.match(/ 2 \(2 cores\) on 127\.0\.0\.1 /g)).to.have.length(2);
    expect(report.match(/ 1 \(1 core\) on 127\.0\.0\.1 /g)).to.have.length(1);
    expect(readdirSync(spark.home)).to.deep.equal(before);
    for (const { id } of trials) {
      expect(readdirSync(join(run, 'trials', id))).not.to.include('scratch');
    }
  });
});
