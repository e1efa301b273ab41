import { expect } from 'chai';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFree } from '../../src/kafka/broker/free-port.js';
import { seededRandom } from '../../src/model/seeded-random.js';
import { leftOvers } from '../helpers/left-overs.js';
import { killAll, processesWith } from '../helpers/process-state.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { startStreamtune, streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { underWay } from '../helpers/under-way.js';

const oneBlock = 'design: { blocks: 1 }\nmeasurement: { warmup: 1s, timeLimit: 2m }\n';

describe('faults on the real thing: kills', () => {
  const folder = temporaryFolder();

  it('a night goes on although three trials in ten are killed at random', async () => {
    const file = smallNight(
      folder,
      'factors: { job.aggregation: [by-type-window, by-type] }\ndesign: { blocks: 3 }\nmeasurement: { warmup: 1s, timeLimit: 2m }\n',
    );
    const results = join(folder, 'random');
    const running = startStreamtune(['run', file, '--results', results]);
    const random = seededRandom(11);
    const killed = new Set<string>();
    const over = running.ended.then(() => undefined);
    for (let count = 1; ; count += 1) {
      const trial = await Promise.race([underWay(results, count), over]);
      if (trial === undefined) break;
      if (random.uniform() >= 0.3) continue;
      killed.add(trial.trial);
      process.kill(random.uniform() < 0.5 ? trial.job : trial.broker, 'SIGKILL');
    }
    const { code, stderr } = await running.ended;
    expect(killed.size, 'the seed is to kill some').to.be.greaterThan(1);
    expect([0, 1], stderr).to.include(code);
    const { state, trials } = readSummary(join(results, readdirSync(results)[0]!));
    expect(state).to.equal('complete');
    const failed = trials.filter(({ outcome }) => outcome !== 'succeeded');
    expect(failed.map(({ id }) => id).sort()).to.deep.equal([...killed].sort());
    for (const { reason } of failed) expect(reason).to.match(/^(killed|broker-gone): /);
    const cells = new Set(trials.map(({ id }) => id.replace(/-retry$/, '')));
    expect(cells.size, 'every trial of the plan has run').to.equal(9);
    expect(leftOvers(folder)).to.deep.equal([]);
  });

  it('a broker comes back although its port has been taken meanwhile', async () => {
    const results = join(folder, 'port');
    const running = startStreamtune(['run', smallNight(folder, oneBlock), '--results', results]);
    const { run, broker, trial } = await underWay(results, 1);
    const job = readFileSync(join(run, 'trials', trial, 'data_stream.py'), 'utf8');
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(job)?.[1]);
    const thief = createServer();
    try {
      process.kill(broker, 'SIGKILL');
      while (!(await isFree(port))) await sleep(10);
      await once(thief.listen(port, '127.0.0.1'), 'listening');
      const { code, stderr } = await running.ended;
      expect(code, stderr).to.equal(1);
    } finally {
      thief.close();
    }
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    expect(trials.find(({ id }) => id === `${trial}-retry`)?.outcome).to.equal('succeeded');
  });

  it('a run goes on after everything that it had was killed at once', async () => {
    const results = join(folder, 'all');
    const running = startStreamtune(['run', smallNight(folder, oneBlock), '--results', results]);
    const { run, trial } = await underWay(results, 2);
    running.child.kill('SIGKILL');
    killAll(processesWith(results));
    await running.ended;
    const { code, stdout, stderr } = await streamtune(['resume', run]);
    expect(code, stderr).to.equal(0);
    expect(stdout).to.contain('baseline again');
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(['succeeded', 'succeeded']);
    expect(trials.map(({ id }) => id)).to.include(trial);
    expect(existsSync(join(run, 'run.lock'))).to.equal(false);
  });
});
