import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UnfitScript } from '../../../../src/execution/session/unfit-script.js';
import { judgeTrial } from '../../../../src/measure/judge-trial.js';
import { messageOf } from '../../../../src/model/harness-error.js';
import type { TrialEvidence } from '../../../../src/model/trial/executor.js';
import { deservesRetry } from '../../../../src/model/trial/outcome.js';
import { installFakeDriver, runFakeSession, wishKey } from '../../../helpers/fake-session.js';
import { isGone } from '../../../helpers/process-state.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('trials that take turns in a driver', () => {
  const folder = temporaryFolder();
  before(() => {
    installFakeDriver(folder);
  });

  /** So many that none has read its records before each has come: nobody is waited for. */
  const shortTurns = { recordsOfTurn: 100 };

  let runs = 0;
  let pids: number[] = [];
  let root = '';

  async function run(
    wishes: readonly string[],
    given: Parameters<typeof runFakeSession>[2] = {},
  ): Promise<readonly TrialEvidence[]> {
    runs += 1;
    root = join(folder, `run-${String(runs)}`);
    pids = [];
    const onDriver = (pid: number) => pids.push(pid);
    const all = await runFakeSession({ folder, root }, wishes, {
      ...{ recordsOfTurn: 500, ...given, onDriver },
    });
    return all.evidence;
  }

  /** The trials in the order of their turns: the fake driver counts its turns where a real one tells the time. */
  function turnsIn(evidence: readonly TrialEvidence[]): readonly (readonly [number, number])[] {
    const all = evidence.flatMap(({ events }, trial) =>
      events.flatMap((one) => (one.kind === 'started' ? [[one.at, trial] as const] : [])),
    );
    return all.sort(([one], [other]) => one - other);
  }

  it('go round after round, each with its own files, until each has read its records', async () => {
    const evidence = await run(['UTC', 'CET', 'EET']);
    expect(pids).to.have.lengthOf(1);
    expect(evidence.map(({ end }) => end.kind)).to.deep.equal(['ended', 'ended', 'ended']);
    const order = turnsIn(evidence).map(([, trial]) => trial);
    expect(order).to.have.lengthOf(12);
    for (const round of [0, 1, 2, 3]) {
      expect(new Set(order.slice(3 * round, 3 * round + 3)).size).to.equal(3);
    }
    for (const one of evidence) {
      const batches = one.events.flatMap((event) =>
        event.kind === 'progress' ? [event.progress.batchId] : [],
      );
      expect(batches).to.deep.equal(Array.from({ length: 20 }, (_, index) => index));
      expect(one.session).to.deep.include({ driver: 1, turns: 4 });
    }
    expect(evidence.map(({ effectiveConf }) => effectiveConf?.[wishKey])).to.deep.equal([
      ...['UTC', 'CET', 'EET'],
    ]);
    expect(readFileSync(join(root, 'b1-t2-c2', 'stderr.log'), 'utf8')).to.equal(
      'trial of CET\n'.repeat(4),
    );
  });

  it('are warmed by all configurations, each for as long as a turn, which leave nothing', async () => {
    const [first, ...others] = await run(['UTC', 'CET', 'UTC', 'EET', 'MST', 'EST'], {
      trials: 99,
    });
    // Five that differ: the gains of six trials on the one before, the driver's first left out, are there after twelve.
    expect(first?.session?.burnIn).to.deep.include({ isFlat: true, trials: 12 });
    expect(first?.session?.burnIn.rates).to.deep.equal(Array(12).fill(1_000));
    expect(others.map(({ session }) => session?.burnIn)).to.deep.equal(
      Array(5).fill(first?.session?.burnIn),
    );
    expect(first?.session?.turns).to.equal(2); // of a second at least, by the rate of the burn-in
    expect(readdirSync(join(root, 'b1-t1-c1'))).not.to.include('burn-in');
    expect(readFileSync(join(root, 'b1-t2-c2', 'stderr.log'), 'utf8')).to.equal(
      'trial of CET\n'.repeat(2),
    );
  });

  it('are warmed for what a driver has not run yet, such as the ablations of a confirmation', async () => {
    const steps: string[] = [];
    const onStep = (text: string) => steps.push(text);
    const later = ['UTC', 'EET', 'EET', 'MST'];
    const evidence = await run(['UTC', 'CET'], { trials: 99, then: later, onStep });
    expect(pids).to.have.lengthOf(1);
    expect(steps.filter((text) => text.includes('not run yet'))).to.deep.equal([
      'Warming driver 1 up for 2 configurations that it has not run yet',
    ]);
    const [before, after] = [evidence.slice(0, 2), evidence.slice(2)].map(turnsIn);
    const lastBefore = before!.at(-1)![0];
    expect(after![0]![0] - lastBefore, 'two turns of each, and then the first').to.equal(5);
    expect(after!.map(([at]) => at - after![0]![0])).to.deep.equal([...after!.keys()]);
  });

  it('count as long as they themselves took', async () => {
    const evidence = await run(['slow', 'UTC']);
    const [slow, other] = evidence.map(({ wallMs }) => wallMs);
    expect(slow).to.be.greaterThan(4 * 100);
    expect(other).to.be.lessThan(slow!);
  });

  it('go on in another driver where one of them has taken theirs with it', async () => {
    const evidence = await run(['UTC', 'dies later', 'CET'], shortTurns);
    expect(pids).to.have.lengthOf(2);
    expect(evidence.map(({ end }) => end.kind)).to.deep.equal(['ended', 'failed', 'ended']);
    for (const one of [evidence[0]!, evidence[2]!]) {
      expect(one.events.filter(({ kind }) => kind === 'progress')).to.have.lengthOf(20);
      expect(one.session).to.deep.include({ driver: 2, startedFor: 'ended' });
    }
  });

  it('do not count where they cannot go on in another driver, nor does it that took theirs', async () => {
    const evidence = await run(['UTC', 'dies later', 'CET'], { ...shortTurns, resumes: false });
    const outcomes = evidence.map((one) =>
      judgeTrial({ knobs: {}, evidence: one, machine: null, measurement: null }),
    );
    const lost = { kind: 'invalid', cause: { kind: 'driver-lost' }, infrastructure: true };
    expect([outcomes[0], outcomes[2]]).to.deep.equal([lost, lost]);
    expect(outcomes[1]).to.deep.include({ kind: 'failed', failureClass: 'killed' });
    expect(outcomes.every(deservesRetry)).to.equal(true);
    expect(pids, 'nobody needs another').to.have.lengthOf(1);
  });

  it('run one after another, each in one turn, where their script takes none', async () => {
    const evidence = await run(['caches', 'caches'], { trials: 6, resumes: false });
    expect(evidence.map(({ session }) => session?.inOneGo)).to.deep.equal(
      Array(2).fill(['it keeps data cached']),
    );
    expect(evidence.map(({ session }) => session?.turns)).to.deep.equal([1, 1]);
    expect(evidence[0]?.session?.burnIn.trials, 'whole trials').to.equal(6);
    expect(evidence.map(({ events }) => events.length)).to.deep.equal([21, 21]);
    expect(pids).to.have.lengthOf(1);
  });

  it('all end with a script that leaves something in the driver', async () => {
    const thrown = await run(['UTC', 'leaves', 'CET']).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(UnfitScript).with.property('code', 'SESSION_UNFIT');
    expect(pids.filter((pid) => !isGone(pid))).to.deep.equal([]);
  });

  it('lose only the one whose time is up, and keep the driver', async () => {
    const evidence = await run(['crawls', 'UTC'], { timeLimitSeconds: 1 });
    expect(evidence.map(({ end }) => end)).to.deep.equal([
      { kind: 'timed-out', limitSeconds: 1 },
      { kind: 'ended' },
    ]);
    expect(pids).to.have.lengthOf(1);
    expect(evidence[0]?.session).to.deep.include({ turns: 2 });
    const log = readFileSync(join(root, 'b1-t1-c1', 'stderr.log'), 'utf8');
    expect(log, 'ended by the driver, too').to.equal('trial of crawls\n'.repeat(3));
  });

  it('lose only the one that hangs, with the driver', async () => {
    const evidence = await run(['hangs', 'UTC'], { timeLimitSeconds: 1 });
    expect(evidence.map(({ end }) => end)).to.deep.equal([
      { kind: 'timed-out', limitSeconds: 1 },
      { kind: 'ended' },
    ]);
    expect(pids).to.have.lengthOf(2);
  });

  it('go on after one whose job fails, or whose setting Spark does not take', async () => {
    const evidence = await run(['fails', 'refused', 'UTC']);
    expect(pids).to.have.lengthOf(1);
    expect(evidence.map(({ end }) => end.kind)).to.deep.equal(['failed', 'ended', 'ended']);
    expect(evidence[1]?.effectiveConf?.[wishKey]).to.equal('static');
  });

  it('all end with what keeps streamtune from one of them', async () => {
    const thrown = await run(['UTC', 'CET', 'EET'], { prepares: 3 }).catch(messageOf);
    expect(thrown).to.equal('cannot be prepared');
    expect(pids.filter((pid) => !isGone(pid))).to.deep.equal([]);
  });

  it('are all canceled with their run', async () => {
    const stop = new AbortController();
    const running = run(['hangs', 'UTC', 'CET'], { signal: stop.signal });
    setTimeout(() => {
      stop.abort();
    }, 500);
    const evidence = await running;
    const kinds = evidence.map(({ end }) => end.kind);
    expect(kinds[0]).to.equal('canceled');
    expect(kinds).not.to.include('failed');
    expect(pids.filter((pid) => !isGone(pid))).to.deep.equal([]);
  });
});
