import { expect } from 'chai';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftOvers } from '../helpers/left-overs.js';
import { startStreamtune, streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const experiment = `version: 1
name: night
data: { records: 8000 }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  source.maxOffsetsPerTrigger: 500
  spark.sql.shuffle.partitions: 2
design: { blocks: 2 }
measurement: { warmup: 1s, timeLimit: 2m }
`;

describe('a run that was killed', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'night.yaml');
  before(() => {
    writeFileSync(file, experiment);
  });

  it('goes on where it was: nothing finished is lost or repeated, nothing is left running', async () => {
    const results = join(folder, 'results');
    const running = startStreamtune(['run', file, '--results', results]);
    await running.says(/trial 2\/4 .* started/);
    running.child.kill('SIGKILL');
    await running.ended;
    const run = join(results, readdirSync(results)[0]!);
    expect(leftOvers(folder).join('\n'), 'broker and job live on').to.contain('kafka.Kafka');
    const first = readdirSync(join(run, 'trials')).find((id) => id.startsWith('b1-t1-'))!;
    const outcome = join(run, 'trials', first, 'outcome.json');
    const writtenAt = statSync(outcome).mtimeMs;

    const status = await streamtune(['status', run]);
    expect(status.stdout).to.contain('broken off').and.to.contain('1 of 4 trials');

    const { code, stdout, stderr } = await streamtune(['resume', run]);
    expect(code, stderr).to.equal(0);
    expect(stderr).to.contain('which the run had left behind');
    expect(statSync(outcome).mtimeMs).to.equal(writtenAt);
    expect(readdirSync(join(run, 'trials'))).to.have.length(4);
    expect(readFileSync(join(run, 'report.md'), 'utf8')).to.contain('All 4 trials have ended');
    expect(stdout).to.contain('baseline again');
    expect(readdirSync(run)).not.to.include.members(['work']);
    expect(readdirSync(run)).not.to.include.members(['run.lock']);
  });

  it('is refused where the experiment has been changed in its folder, unless it is forced', async () => {
    const results = join(folder, 'changed');
    const running = startStreamtune(['run', file, '--results', results]);
    await running.says(/trial 1\/4 .* started/);
    running.child.kill('SIGINT');
    await running.ended;
    const run = join(results, readdirSync(results)[0]!);
    writeFileSync(join(run, 'experiment.yaml'), experiment.replace('8000', '9000'));
    const { code, stderr } = await streamtune(['resume', run]);
    expect(code).to.equal(2);
    expect(stderr).to.contain('RUN_CHANGED').and.to.contain('the experiment was');
  });
});
