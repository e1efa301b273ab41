import { expect } from 'chai';
import { appendFileSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveView } from '../../../src/model/live/live-view.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { logTails } from '../../../src/run/watch/log-tails.js';
import { watchRun, type WatchedRun } from '../../../src/run/watch/watch-run.js';
import { expectError } from '../../helpers/expect-error.js';
import { playedAgain, stepsTo } from '../../helpers/played-again.js';
import { simulatedRun } from '../../helpers/simulated-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const { signal } = new AbortController();

/** Waits until the view is as wanted, and returns it. */
async function shows(
  watched: WatchedRun,
  what: string,
  isWanted: (view: LiveView) => boolean,
): Promise<LiveView> {
  return await waitUntil({
    what,
    signal,
    timeoutMs: 20_000,
    intervalMs: 20,
    check: () => (isWanted(watched.view()) ? watched.view() : undefined),
  });
}

describe('a watched run', () => {
  const folder = temporaryFolder();
  let whole: string;

  before(async () => {
    whole = await simulatedRun(folder);
  });

  it('shows the batches of the trial in hand as they end, and then the next trial', async () => {
    await using run = await playedAgain(whole, join(folder, 'batches'), stepsTo(whole, 2));
    await using watched = await watchRun(run.folder, () => Date.now(), 20);
    const first = watched.view();
    expect(first.status.state).to.equal('running');
    expect(first.status.ended).to.equal(1);
    expect(first.current?.batches).to.deep.equal([]);
    const states = first.blocks.map(({ trials }) => trials.map(({ state }) => state));
    expect(states[0]).to.deep.equal(['succeeded', 'running', 'to-come']);
    expect(states[1]).to.deep.equal(['to-come', 'to-come', 'to-come']);

    run.report(3);
    const three = await shows(
      watched,
      'three batches',
      (view) => view.current?.batches.length === 3,
    );
    expect(three.current?.batches.map(({ batchId }) => batchId)).to.deep.equal([0, 1, 2]);
    run.advance(2);
    const next = await shows(watched, 'the next trial', ({ status }) => status.ended === 2);
    expect(next.current?.trial.id).not.to.equal(first.current?.trial.id);
    expect(next.current?.batches).to.deep.equal([]);
  });

  it('has estimates and no verdict before the first look, and the verdicts at the end', async () => {
    await using run = await playedAgain(whole, join(folder, 'looks'), stepsTo(whole, 5));
    await using watched = await watchRun(run.folder, () => Date.now(), 20);
    const { model } = watched.view();
    expect(model.judgedAt).to.equal(null);
    const verdicts = model.rows.flatMap(({ throughput }) => throughput ?? []);
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(['not-judged']);
    expect(verdicts.some(({ estimate }) => estimate !== null)).to.equal(true);

    let told = 0;
    watched.onChange(() => (told += 1));
    await run.finish();
    const {
      status,
      model: last,
      current,
    } = await shows(watched, 'the end of the run', (view) => view.status.state === 'complete');
    expect([status.ended, current, status.endsAt]).to.deep.equal([6, null, null]);
    expect(last.judgedAt).not.to.equal(null);
    expect(told).to.be.greaterThan(0);
  });

  it('says that a run has crashed when its process is gone', async () => {
    const run = await playedAgain(whole, join(folder, 'crashed'), stepsTo(whole, 2));
    await using watched = await watchRun(run.folder, () => Date.now(), 20);
    await run[Symbol.asyncDispose]();
    const view = await shows(watched, 'the crash', ({ status }) => status.state === 'crashed');
    expect(view.current).to.equal(null);
    expect(view.problem).to.equal(null);
  });

  it('keeps what it knows and says what is wrong when the folder is damaged or removed', async () => {
    await using run = await playedAgain(whole, join(folder, 'damaged'), stepsTo(whole, 3));
    await using watched = await watchRun(run.folder, () => Date.now(), 20);
    writeFileSync(join(run.folder, 'plan.json'), '{}');
    appendFileSync(join(run.folder, 'journal.ndjson'), '00000000 {"this":"is no step"}\n');
    const damaged = await shows(
      watched,
      'the damage',
      ({ model }) => model.run.journal === 'damaged',
    );
    expect(damaged.status.ended).to.equal(2);
    rmSync(run.folder, { recursive: true });
    await shows(
      watched,
      'the end',
      ({ status, problem }) => problem !== null || status.state !== 'running',
    );
    expect(watched.view().blocks).to.have.length(2);
  });

  it('has the last lines that a failed trial wrote', async () => {
    await using watched = await watchRun(whole, () => Date.now());
    const { status, logTails: none } = watched.view();
    expect(none.size).to.equal(0);
    const [name = ''] = readdirSync(join(whole, 'trials'));
    const lines = ['first', 'x'.repeat(5_000), '', 'last words'];
    writeFileSync(join(whole, 'trials', name, 'stderr.log'), `${lines.join('\n')}\n`);
    const outcome = { kind: 'timed-out', limitSeconds: 60 } as const;
    const failures = [name, 'none'].map((trial) => ({ trial, outcome }));
    const tails = await logTails(whole, { ...status, failures });
    expect(tails.get(name)).to.deep.equal(['first', 'x'.repeat(1_000), 'last words']);
    expect(tails.get('none')).to.deep.equal([]);
  });

  it('shows a finished run, and refuses a folder of another layout or none at all', async () => {
    await using watched = await watchRun(whole, () => Date.now());
    const { status, current, problem } = watched.view();
    expect([status.state, current, problem]).to.deep.equal(['complete', null, null]);
    const older = join(folder, 'older');
    cpSync(whole, older, { recursive: true });
    writeFileSync(join(older, 'manifest.json'), '{"formatVersion": 2}');
    const clock = () => Date.now();
    const error = await expectError(watchRun(older, clock), 'RUN_FOLDER_INVALID');
    expect(error.message).to.contain('its layout is 2');
    await expectError(watchRun(join(folder, 'none'), clock), 'RUN_FOLDER_INVALID');
  });
});
