import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { acquireLock } from '../../../src/process/lock-file.js';
import {
  brokenOffRun,
  journalLines,
  reports,
  saidOfResumes,
  withoutResumes,
} from '../../helpers/broken-off-run.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: night
data: { records: 100000 }
knobs: { source.maxOffsetsPerTrigger: 5000 }
factors: { spark.sql.shuffle.partitions: [32, 4] }
stopping: { looks: [3, 5] }
design: { seed: 3 }
measurement: { warmup: 1s, canary: on }
`;
const world = `version: 1
effects: [{ knobs: { spark.sql.shuffle.partitions: 4 }, gain: 8% }]
noise: { trial: 6% }
speed: { sd: 10% }
faults:
  - { kind: broker-gone, share: 20% }
  - { kind: hang, configuration: c1, block: 2 }
`;

describe('V12: a run that broke off', () => {
  const folder = temporaryFolder();
  let whole: string;
  before(async () => {
    writeFileSync(join(folder, 'night.yaml'), experiment);
    writeFileSync(join(folder, 'world.yaml'), world);
    const results = join(folder, 'results');
    await runCommandLine(
      [
        'run',
        join(folder, 'night.yaml'),
        '--simulate',
        join(folder, 'world.yaml'),
        '--results',
        results,
      ],
      testHost().host,
    );
    whole = join(results, readdirSync(results)[0]!);
  });

  const lines = () => journalLines(whole);
  const read = (run: string, name: string) => readFileSync(join(run, name), 'utf8');
  const brokenOff = (steps: number) =>
    brokenOffRun(whole, join(folder, `broken-${String(steps)}`), steps);

  it('has been worth the name: retries, a failed trial and an early end', () => {
    const trials = readdirSync(join(whole, 'trials'));
    expect(trials.filter((id) => id.endsWith('-retry')).length).to.be.greaterThan(0);
    expect(read(whole, 'trials.csv')).to.contain('timed-out');
  });

  it('comes to the same end, byte for byte, at whichever step it broke', async function () {
    this.timeout(60_000);
    const steps = lines().length;
    expect(steps).to.be.greaterThan(20);
    for (let step = 1; step < steps; step += 1) {
      const run = brokenOff(step);
      await runCommandLine(['resume', run], testHost().host);
      for (const name of reports) {
        const again = read(run, name);
        expect(saidOfResumes(again, name), name).to.equal(true);
        const expected = withoutResumes(read(whole, name), name);
        expect(withoutResumes(again, name), `${name} after step ${String(step)}`).to.equal(
          expected,
        );
      }
      expect(readdirSync(join(run, 'trials')).sort()).to.deep.equal(
        readdirSync(join(whole, 'trials')).sort(),
      );
      rmSync(run, { recursive: true });
    }
  });

  it('has nothing left to do once it is complete', async () => {
    const run = brokenOff(lines().length);
    const { host, written } = testHost();
    await runCommandLine(['resume', run], host);
    expect(written.err).not.to.match(/trial \d+\/\d+ .*(started|took)/);
    expect(read(run, 'trials.csv')).to.equal(read(whole, 'trials.csv'));
  });

  it('can be reported as it is', async () => {
    const run = brokenOff(9);
    const { host, written } = testHost();
    await runCommandLine(['report', run], host);
    expect(read(run, 'report.md')).to.match(/\*\*Crashed: .*\. \d+ of \d+ trials have ended\*\*/);
    expect(written.out).to.match(/Crashed: .*\d+ of \d+ trials have ended/);
    expect(written.out).not.to.match(/NaN|undefined/);
  });

  it('is not touched while another process has it', async () => {
    const run = brokenOff(9);
    const { host } = testHost();
    await using _lock = await acquireLock({
      file: join(run, 'run.lock'),
      timeoutMs: 1_000,
      signal: host.signal,
    });
    const error = await expectError(runCommandLine(['resume', run], host), 'RUN_IN_USE');
    expect(error.message).to.contain(run);
    await runCommandLine(['report', run], host);
    expect(read(run, 'report.md')).to.match(/\*\*Running\. \d+ of \d+ trials have ended\*\*/);
  });

  it('is refused where its journal is not what was written', async () => {
    const run = brokenOff(9);
    const file = join(run, 'journal.ndjson');
    writeFileSync(file, readFileSync(file, 'utf8').replace('baseline', 'baselime'));
    await expectError(runCommandLine(['resume', run], testHost().host), 'JOURNAL_CORRUPT');
    const { host, written } = testHost();
    await runCommandLine(['report', run], host);
    expect(written.out, 'the trials can still be read').to.contain('baseline');
    expect(read(run, 'report.md')).to.contain('**The journal of this run is damaged**');
  });

  it('is not read past a journal that cannot be read at all', async () => {
    const run = brokenOff(9);
    rmSync(join(run, 'journal.ndjson'));
    mkdirSync(join(run, 'journal.ndjson'));
    const error = await expectError(
      runCommandLine(['report', run], testHost().host),
      'RUN_DAMAGED',
    );
    expect(error.message).to.equal(`${run}/journal.ndjson: it is a folder, not a file.`);
  });

  it('is refused where nothing says what it has done', async () => {
    const run = brokenOff(9);
    rmSync(join(run, 'journal.ndjson'));
    const error = await expectError(
      runCommandLine(['resume', run], testHost().host),
      'RUN_FOLDER_INVALID',
    );
    expect(error.message).to.contain('no journal');
    expect(readdirSync(join(run, 'trials')).length, 'nothing is removed').to.be.greaterThan(0);
    const { host, written } = testHost();
    await runCommandLine(['report', run], host);
    expect(written.out).to.match(/baseline .*\d\/5/);
    expect(read(run, 'report.md')).to.contain('**The journal of this run is missing**');
  });

  it('says where it is', async () => {
    const status = async (run: string) => {
      const { host, written } = testHost();
      await runCommandLine(['status', run, '--json'], host);
      return JSON.parse(written.out) as {
        state: string;
        ended: number;
        planned: number;
        failures: unknown[];
      };
    };
    expect(await status(brokenOff(9))).to.include({ state: 'crashed' });
    const done = await status(whole);
    expect(done).to.include({ state: 'complete', ended: done.planned });
    expect(done.failures.length).to.be.greaterThan(0);
    expect(existsSync(join(whole, 'run.lock')), 'the lock went with its owner').to.equal(false);
  });
});

describe('a run whose baseline fails', () => {
  const folder = temporaryFolder();

  it('stops after two of its trials, says why, and keeps what there is', async () => {
    const [file, model, results] = ['night.yaml', 'world.yaml', 'results'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(file, experiment);
    writeFileSync(
      model,
      'version: 1\nfaults: [{ kind: out-of-memory, configuration: baseline }, { kind: out-of-memory, configuration: aa }]\n',
    );
    const { host } = testHost();
    const error = await expectError(
      runCommandLine(['run', file, '--simulate', model, '--results', results], host),
      'BASELINE_BROKEN',
    );
    expect(error.message).to.contain('OutOfMemoryError');
    const run = join(results, readdirSync(results)[0]!);
    expect(readdirSync(join(run, 'trials')).length).to.be.within(2, 3);
    expect(readFileSync(join(run, 'report.md'), 'utf8')).to.contain('driver-out-of-memory');
  });
});
