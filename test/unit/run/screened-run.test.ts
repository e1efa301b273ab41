import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import {
  brokenOffRun,
  journalLines,
  reports,
  withoutResumes,
} from '../../helpers/broken-off-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: screened
data: { records: 100000 }
knobs: { source.maxOffsetsPerTrigger: 5000 }
factors: { spark.sql.shuffle.partitions: [32, 4, 2], spark.driver.memory: [2g, 4g] }
design: { blocks: 3, seed: 3, confirm: { top: 1, screeningBlocks: 4 } }
measurement: { warmup: 1s }
`;
const world = `version: 1
effects:
  - { knobs: { spark.sql.shuffle.partitions: 4 }, gain: 60% }
  - { knobs: { spark.driver.memory: 4g }, gain: 20% }
noise: { trial: 2% }
`;

describe('a screened run', () => {
  const folder = temporaryFolder();
  const read = (run: string, name: string) => readFileSync(join(run, name), 'utf8');
  let whole: string;
  let said: string;

  async function play(results: string, ...more: string[]): Promise<[string, string]> {
    const { host, written } = testHost();
    await runCommandLine(
      [
        ...['run', join(folder, 'x.yaml'), '--simulate', join(folder, 'world.yaml')],
        ...['--results', join(folder, results), ...more],
      ],
      host,
    );
    const [run = ''] = readdirSync(join(folder, results));
    return [join(folder, results, run), `${written.out}${written.err}`];
  }

  before(async () => {
    writeFileSync(join(folder, 'x.yaml'), experiment);
    writeFileSync(join(folder, 'world.yaml'), world);
    [whole, said] = await play('whole');
  });

  it('says what goes on, confirms the best, and which of its keys matter', () => {
    expect(said).to.match(/From block 5 on, only these run: baseline, baseline again/);
    expect(read(whole, 'report.md')).to.match(
      /Confirmed: 4 screening blocks chose it from 5 configurations, and 3 fresh blocks judged it/,
    );
    const answers = read(whole, 'answers.md');
    expect(answers).to.contain('**Confirmed** in 3 fresh blocks: `spark.sql.shuffle.partitions=4`');
    expect(answers).to.match(/spark.sql.shuffle.partitions = 4` instead of `32`.*\*\*better/);
    expect(answers).not.to.match(/proven/i);
  });

  it('comes to the same end wherever it broke off around the choice', async function () {
    this.timeout(60_000);
    const lines = journalLines(whole);
    const choice = lines.findIndex((line) => line.includes('"block-decided","block":5'));
    expect(choice).to.be.greaterThan(10);
    for (const steps of [choice - 2, choice, choice + 1, choice + 2, lines.length - 1]) {
      const run = brokenOffRun(whole, join(folder, `broken-${String(steps)}`), steps);
      await runCommandLine(['resume', run], testHost().host);
      for (const name of reports) {
        expect(withoutResumes(read(run, name), name), `${name}, ${String(steps)}`).to.equal(
          withoutResumes(read(whole, name), name),
        );
      }
    }
  });

  it('that its budget ended between the phases is screened, not confirmed, and goes on', async () => {
    const [run, text] = await play('short', '--budget', '395s');
    expect(journalLines(run).filter((line) => line.includes('block-decided'))).to.have.length(4);
    expect(text).to.contain('Screened, not confirmed:');
    expect(read(run, 'answers.md')).to.contain('Nothing is confirmed yet: the screening is over');
    await runCommandLine(['resume', run], testHost().host);
    expect(read(run, 'answers.md')).to.contain('**Confirmed** in 3 fresh blocks');
    expect(read(run, 'trials.csv')).to.equal(read(whole, 'trials.csv'));
  });
});
