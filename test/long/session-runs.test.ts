import { expect } from 'chai';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftOvers } from '../helpers/left-overs.js';
import { fixtureScript } from '../helpers/script-trial.js';
import { readSummary } from '../helpers/small-night.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** As the program is called: file, driver, judgement and report together. */
describe("a night of somebody's script in a live driver, by the command line", () => {
  const folder = temporaryFolder();

  for (const version of ['4.2.0', '3.5.7']) {
    it(`runs, is judged and says what it shared, on Spark ${version}`, async function () {
      this.timeout(900_000);
      const file = join(folder, `${version}.yaml`);
      writeFileSync(
        file,
        `version: 1
name: live
job: { script: ${JSON.stringify(fixtureScript('scripts/findspark_word_count.py'))} }
data: { records: 12000 }
spark: { version: ${version} }
executor: session
knobs:
  spark.master: local[2]
  source.maxOffsetsPerTrigger: 500
factors: { spark.sql.shuffle.partitions: [2, 12] }
design: { blocks: 2 }
measurement: { warmup: 1s, timeLimit: 3m }
`,
      );
      const results = join(folder, `results-${version}`);
      const { code, stderr } = await streamtune(['run', file, '--results', results]);
      expect(code, stderr).to.equal(0);
      const run = join(results, readdirSync(results)[0]!);
      const { state, trials } = readSummary(run);
      expect(state).to.equal('complete');
      expect(trials.map(({ outcome }) => outcome)).to.deep.equal(Array(6).fill('succeeded'));
      const report = readFileSync(join(run, 'report.md'), 'utf8');
      expect(report)
        .to.contain('One live driver ran 6 trials')
        .and.to.contain('What the script asks for')
        .and.to.contain(version);
      expect(leftOvers(folder), 'processes').to.deep.equal([]);
    });
  }
});
