import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStreamtune, streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const experiment = `version: 1
name: small
data: { records: 8000 }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  source.maxOffsetsPerTrigger: 500
factors:
  spark.sql.shuffle.partitions: [2, not-a-number]
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 2m }
`;

describe('streamtune run', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'small.yaml');
  before(() => {
    writeFileSync(file, experiment);
  });

  it('measures what runs, says why the rest failed, and writes every report', async () => {
    const results = join(folder, 'results');
    const { code, stdout, stderr } = await streamtune(['run', file, '--results', results]);
    expect(code, stderr).to.equal(1);
    const [run] = readdirSync(results);
    const read = (name: string) => readFileSync(join(results, run!, name), 'utf8');
    const summary = JSON.parse(read('summary.json')) as {
      configurations: { id: string; rowsPerSecond: { median: number } | null; trials: unknown[] }[];
    };
    expect(summary.configurations.map((c) => c.id)).to.deep.equal(['baseline', 'aa', 'c1']);
    expect(summary.configurations[0]?.rowsPerSecond?.median).to.be.greaterThan(10);
    expect(summary.configurations[2]?.trials).to.have.nested.property('[0].outcome', 'failed');
    expect(stdout).to.contain('invalid-value').and.to.contain('not-a-number');
    expect(read('report.md')).to.contain('not-a-number').and.not.to.contain('NaN');
    expect(read('answers.md')).to.contain('this run cannot tell');
    expect(read('trials.csv').trim().split('\r\n')).to.have.length(4);
    expect(readdirSync(join(results, run!))).not.to.include('work');

    const before = read('report.md');
    const again = await streamtune(['report', join(results, run!)]);
    expect(again.stdout).to.equal(stdout);
    expect(read('report.md')).to.equal(before);
    const answers = await streamtune(['answers', join(results, run!)]);
    expect(answers.code, answers.stderr).to.equal(0);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`stops everything on ${signal}, writes the report of what there is, and says 130`, async () => {
      const results = join(folder, signal);
      const running = startStreamtune(['run', file, '--results', results]);
      await running.says(/trial 1\/3 .* started/);
      running.child.kill(signal);
      const { code, stderr } = await running.ended;
      expect(code, stderr).to.equal(130);
      const [run] = readdirSync(results);
      const report = readFileSync(join(results, run!, 'report.md'), 'utf8');
      expect(report).to.contain('canceled').and.to.contain('Stopped on request');
      expect(readdirSync(join(results, run!))).not.to.include.members(['work', 'run.lock']);
    });
  }

  it('stops at once when it is asked a second time, and leaves nothing running either', async () => {
    const results = join(folder, 'twice');
    const running = startStreamtune(['run', file, '--results', results]);
    await running.says(/trial 1\/3 .* started/);
    running.child.kill('SIGINT');
    await running.says(/Stopping in order/);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(130);
    const run = join(results, readdirSync(results)[0]!);
    expect(readdirSync(run)).not.to.include('run.lock');
    const { stdout } = await streamtune(['status', run]);
    expect(stdout).to.contain('go on with `streamtune resume`');
  });

  it('leaves no folder when it is stopped before its first trial', async () => {
    const results = join(folder, 'early');
    const running = startStreamtune(['run', file, '--results', results]);
    await running.says(/Starting Kafka/);
    running.child.kill('SIGTERM');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(130);
    expect(readdirSync(results)).to.deep.equal([]);
  });
});
