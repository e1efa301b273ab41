import { expect } from 'chai';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftOvers } from '../helpers/left-overs.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { startStreamtune, streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { underWay } from '../helpers/under-way.js';

const oneBlock = 'design: { blocks: 1 }\nmeasurement: { warmup: 1s, timeLimit: 2m }\n';

describe('a real run whose parts are killed, one after the other', () => {
  const folder = temporaryFolder();

  it('tries a trial once more, is resumed where it was, loses nothing and repeats nothing', async () => {
    const results = join(folder, 'results');
    const night = smallNight(folder, `  job.sink: kafka\n${oneBlock}`);
    const running = startStreamtune(['run', night, '--results', results]);
    const first = await underWay(results, 1);
    process.kill(first.broker, 'SIGKILL');
    const retry = await underWay(results, 2);
    expect(retry.trial).to.equal(`${first.trial}-retry`);
    expect(retry.broker).not.to.equal(first.broker);
    const second = await underWay(results, 3);
    running.child.kill('SIGKILL');
    const { stderr: before } = await running.ended;
    expect(before).to.contain('Restarting Kafka, which has stopped');

    const { run } = first;
    expect(leftOvers(folder).join('\n'), 'broker and job live on').to.contain('kafka.Kafka');
    const outcome = join(run, 'trials', retry.trial, 'outcome.json');
    const writtenAt = statSync(outcome).mtimeMs;
    const status = await streamtune(['status', run]);
    expect(status.stdout).to.contain('crashed').and.to.contain('1 of 2 trials');

    const resumed = startStreamtune(['resume', run]);
    const again = await underWay(results, 4);
    expect(again.trial, 'the trial in hand is run again').to.equal(second.trial);
    process.kill(again.job, 'SIGKILL');
    const { code, stdout, stderr } = await resumed.ended;
    expect(code, stderr).to.equal(1);
    expect(stderr).to.contain('left behind by the crashed run');
    expect(stdout).to.contain('baseline again');
    expect(statSync(outcome).mtimeMs).to.equal(writtenAt);

    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    const reasonOf = (id: string) => trials.find((trial) => trial.id === id)?.reason;
    expect(reasonOf(first.trial)).to.match(/^broker-gone: The embedded Kafka broker stopped/);
    expect(reasonOf(second.trial)).to.equal('killed: killed from outside (SIGKILL)');
    for (const { trial } of [first, second]) {
      expect(trials.find(({ id }) => id === `${trial}-retry`)?.outcome).to.equal('succeeded');
    }
    expect(trials).to.have.length(4);
    expect(readFileSync(join(run, 'report.md'), 'utf8'))
      .to.contain('All 2 trials have ended')
      .and.to.contain('Resumed at');
    for (const gone of ['work', 'run.lock']) expect(readdirSync(run)).not.to.include(gone);
  });

  it('is refused where the experiment has been changed in its folder, or goes on by force and says so', async () => {
    const results = join(folder, 'changed');
    const running = startStreamtune(['run', smallNight(folder, oneBlock), '--results', results]);
    await running.says(/trial 1\/2 .* started/);
    running.child.kill('SIGINT');
    await running.ended;
    const run = join(results, readdirSync(results)[0]!);
    const file = join(run, 'experiment.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('12000', '9000'));
    const { code, stderr } = await streamtune(['resume', run]);
    expect(code).to.equal(2);
    expect(stderr).to.contain('RUN_CHANGED').and.to.contain('the experiment was');
    const forced = startStreamtune(['resume', run, '--force']);
    await forced.says(/trial 1\/2 .* started/);
    forced.child.kill('SIGINT');
    await forced.ended;
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report).to.match(/Resumed at .*, by force, although the experiment was/);
  });
});
