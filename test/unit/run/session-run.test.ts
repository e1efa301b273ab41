import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { readRun } from '../../../src/run/stored/read-run.js';
import { brokenOffRun, journalLines } from '../../helpers/broken-off-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: shared
executor: session
data: { records: 100000 }
knobs: { source.maxOffsetsPerTrigger: 5000 }
factors: { spark.sql.shuffle.partitions: [32, 4], spark.driver.memory: [1g, 2g] }
design: { blocks: 3, seed: 3, confirm: off }
measurement: { warmup: 1s }
`;
const world = `version: 1
effects: [{ knobs: { spark.sql.shuffle.partitions: 4 }, gain: 40% }]
noise: { trial: 2% }
faults: [{ kind: driver-ends, configuration: c1, block: 2 }]
`;

describe('a run whose trials share drivers', () => {
  const folder = temporaryFolder();
  let whole: string;
  before(async () => {
    writeFileSync(join(folder, 'shared.yaml'), experiment);
    writeFileSync(join(folder, 'world.yaml'), world);
    const call = ['run', join(folder, 'shared.yaml'), '--simulate', join(folder, 'world.yaml')];
    await runCommandLine([...call, '--results', join(folder, 'results')], testHost().host);
    const [name = ''] = readdirSync(join(folder, 'results'));
    whole = join(folder, 'results', name);
  });
  const read = (run: string, name: string) => readFileSync(join(run, name), 'utf8');

  it('runs each group of cold knobs in a driver, and the launches in the order of the block', async () => {
    const { trials } = await readRun(whole);
    const first = trials.filter(({ trial }) => trial.block === 1);
    const drivers = first.map(({ session }) => session?.driver);
    expect(drivers).to.deep.equal([...drivers].sort());
    expect(new Set(drivers).size).to.equal(2);
    for (const number of new Set(drivers)) {
      const memory = first
        .filter(({ session }) => session?.driver === number)
        .map(({ trial }) => trial.configuration.knobs['spark.driver.memory']);
      expect(new Set(memory).size, `driver ${String(number)}`).to.equal(1);
    }
  });

  it('gets a new driver after one that ended, and tries that trial again', async () => {
    const { trials } = await readRun(whole);
    const at = trials.findIndex(({ outcome }) => outcome.kind === 'failed');
    expect(trials[at]?.outcome).to.deep.include({ failureClass: 'killed' });
    expect(trials[at + 1]?.trial.id).to.equal(`${String(trials[at]?.trial.id)}-retry`);
    expect(trials[at + 1]?.session).to.deep.include({ startedFor: 'ended', place: 1 });
  });

  it('says in the report which drivers ran the trials, and how they were warmed', () => {
    const report = read(whole, 'report.md');
    expect(report).to.match(/live drivers ran \d+ trials, one after another/);
    expect(report).to.contain('warmed up before its first trial');
    expect(report).to.match(/replaced because one had ended in the middle of a trial \(\d×\)/);
    expect(report).not.to.contain('a JVM that is still warming up: a fair');
    expect(read(whole, 'answers.md')).to.contain('a fresh session of a live `spark-submit`');
  });

  it('comes to the same end however often it breaks off', async () => {
    const steps = journalLines(whole).length;
    for (const step of [steps - 12]) {
      const broken = brokenOffRun(whole, join(folder, `broken-${String(step)}`), step);
      await runCommandLine(['resume', broken], testHost().host);
      const ids = ({ trials }: Awaited<ReturnType<typeof readRun>>) =>
        trials.map(({ trial, outcome }) => `${trial.id} ${outcome.kind}`);
      expect(ids(await readRun(broken))).to.deep.equal(ids(await readRun(whole)));
    }
  });
});
