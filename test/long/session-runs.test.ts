import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

  /** A night with a script that leaves a global temporary view in its driver. */
  const leaving = (executor: string, sections: string) => {
    const file = join(folder, `leaving-${executor}.yaml`);
    writeFileSync(
      file,
      `version: 1
name: leaving
job: { script: ${JSON.stringify(fixtureScript('session/leaves.py'))}, args: [view] }
data: { records: 8000 }
executor: ${executor}
knobs:
  spark.master: local[2]
  source.maxOffsetsPerTrigger: 500
measurement: { warmup: 1s, timeLimit: 3m }
${sections}`,
    );
    return file;
  };

  it('is told and ends where a script leaves something in its driver', async () => {
    const file = leaving(
      'session',
      'factors: { spark.sql.shuffle.partitions: [2, 3] }\ndesign: { blocks: 1 }\n',
    );
    const results = join(folder, 'results-session');
    const { code, stderr } = await streamtune(['run', file, '--results', results]);
    expect(code, stderr).to.equal(2);
    expect(stderr)
      .to.contain('leaves.py cannot share a driver with other trials')
      .and.to.contain('it has left a global temporary view')
      .and.to.contain('Use `executor: submit`');
    expect(leftOvers(folder), 'processes').to.deep.equal([]);
  });

  it('goes on in processes of their own with auto where a script leaves something', async function () {
    this.timeout(900_000);
    const file = leaving(
      'auto',
      `factors: { spark.sql.shuffle.partitions: [2, 3, 4, 5, 6, 7] }
design: { blocks: 1, confirm: { top: 1, screeningBlocks: 2 } }
`,
    );
    const results = join(folder, 'results-auto');
    const { stderr } = await streamtune(['run', file, '--results', results]);
    expect(stderr)
      .to.contain('Warming driver 1 up')
      .and.to.contain('The script cannot share a driver: each trial gets a process of its own');
    const run = join(results, readdirSync(results)[0]!);
    const { state, trials } = readSummary(run);
    expect(state, stderr).to.equal('complete');
    expect(new Set(trials.map(({ outcome }) => outcome))).to.deep.equal(new Set(['succeeded']));
    expect(trials.length).to.be.greaterThan(7);
    const shared = trials.filter(({ id }) => existsSync(join(run, 'trials', id, 'session.json')));
    expect(shared).to.deep.equal([]);
    expect(readFileSync(join(run, 'report.md'), 'utf8')).not.to.contain('live driver ran');
    expect(leftOvers(folder), 'processes').to.deep.equal([]);
  });
});
