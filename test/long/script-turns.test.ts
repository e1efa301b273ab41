import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeTrial } from '../../src/measure/judge-trial.js';
import { measureEvidence } from '../../src/measure/measure-evidence.js';
import type { TrialEvidence } from '../../src/model/trial/executor.js';
import { deservesRetry } from '../../src/model/trial/outcome.js';
import { isGone, processesWith } from '../helpers/process-state.js';
import { makeCalls, sessionMeasurement, sessionTrial } from '../helpers/real-sessions.js';
import { batchIds, heldIn, scriptTurns } from '../helpers/script-turns.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const records = 8_000;
const calls = { topic: 'script-turn-cases', records };
const all = Array.from({ length: 20 }, (_, id) => id);
const plain = (what: string) => ({ args: ['2', what] });
let trials = 0;

/** So many trials of the same configuration. */
function trialsOf(count: number) {
  return Array.from({ length: count }, () => sessionTrial((trials += 1), {}));
}

describe('what a script may do between its turns', () => {
  const folder = temporaryFolder();
  const { play, directoryOf } = scriptTurns(folder, calls);

  before(() => makeCalls(calls));

  afterEach(() => {
    expect(processesWith('launcher.py', folder)).to.deep.equal([]);
  });

  function outcomesOf(evidence: readonly TrialEvidence[]) {
    return evidence.map((one) =>
      judgeTrial({
        ...{ knobs: {}, evidence: one, machine: null },
        measurement: measureEvidence(one, {}, sessionMeasurement),
      }),
    );
  }

  for (const script of ['scripts/watched_loop.py', 'turns/plain.py']) {
    it(`loops for ever: ${script}`, async () => {
      const { evidence, pids } = await play(script, trialsOf(2), { job: plain('busy') });
      expect(outcomesOf(evidence)).to.deep.equal(Array(2).fill({ kind: 'succeeded' }));
      expect(evidence.map(batchIds)).to.deep.equal([all, all]);
      expect(evidence.every((one) => heldIn(one).length > 3)).to.equal(true);
      expect(pids).to.have.lengthOf(1);
    });
  }

  it('has a second query, which is held as well', async () => {
    const { evidence } = await play('turns/plain.py', trialsOf(2), { job: plain('two') });
    expect(evidence.map(({ end }) => end)).to.deep.equal(Array(2).fill({ kind: 'ended' }));
    for (const one of evidence) {
      expect(one.session?.inOneGo).to.equal(undefined);
      expect(one.session?.turns).to.be.greaterThan(3);
      expect(batchIds(one)).to.have.lengthOf(40);
    }
  });

  it('takes too long: that trial is timed out, and the driver goes on', async () => {
    const { evidence, pids } = await play('turns/plain.py', trialsOf(2), {
      ...{ job: plain('crawls'), burnInTrials: 0, measurement: { timeLimitSeconds: 15 } },
    });
    expect(evidence.map(({ end }) => end)).to.deep.equal(
      Array(2).fill({ kind: 'timed-out', limitSeconds: 15 }),
    );
    expect(pids).to.have.lengthOf(1);
  });

  it('keeps data cached: it takes no turns', async () => {
    const { evidence, pids } = await play('turns/plain.py', trialsOf(2), { job: plain('caches') });
    expect(outcomesOf(evidence)).to.deep.equal(Array(2).fill({ kind: 'succeeded' }));
    expect(evidence.map(batchIds)).to.deep.equal([all, all]);
    for (const { session } of evidence) {
      expect(session?.inOneGo).to.deep.equal(['it keeps data cached']);
      expect(session?.turns).to.equal(1);
    }
    expect(evidence.map(heldIn)).to.deep.equal([[], []]);
    expect(pids).to.have.lengthOf(1);
  });

  it('keeps data cached, which nobody knew before: it goes on to its end in its first turn', async () => {
    const { evidence } = await play('turns/plain.py', trialsOf(2), {
      ...{ job: plain('caches'), burnInTrials: 0 },
    });
    expect(evidence.map(batchIds)).to.deep.equal([all, all]);
    expect(evidence.map(({ session }) => session?.turns)).to.deep.equal([1, 1]);
  });

  it('leaves something in the driver, which ends the run', async () => {
    const ended = await play('turns/plain.py', trialsOf(2), { job: plain('checkpoint') }).catch(
      (error: unknown) => error,
    );
    expect(ended).to.have.property('code', 'SESSION_UNFIT');
    expect(String(ended)).to.contain('it has set a checkpoint folder');
  });

  it('loses its driver in the turn of another trial: it does not count, and is run again', async () => {
    const pids: number[] = [];
    const { evidence } = await play('turns/plain.py', trialsOf(3), {
      ...{ job: plain('counts'), burnInTrials: 0, onDriver: (pid) => pids.push(pid) },
      onEvent: (event) => {
        const isSecondTurn = event.kind === 'progress' && event.progress.heldMs !== undefined;
        if (isSecondTurn && !isGone(pids[0]!)) process.kill(-pids[0]!, 'SIGKILL');
      },
    });
    const outcomes = outcomesOf(evidence);
    const lost = { kind: 'invalid', cause: { kind: 'driver-lost' }, infrastructure: true };
    expect(outcomes.filter(({ kind }) => kind === 'failed')).to.have.lengthOf(1);
    expect(outcomes.filter(({ kind }) => kind !== 'failed')).to.deep.equal([lost, lost]);
    expect(outcomes.every(deservesRetry)).to.equal(true);
  });

  it('is killed while its query is held: its driver ends, as nothing else could stop that', async () => {
    const mine = trialsOf(2);
    let killed: number | undefined;
    const { evidence } = await play('turns/own_batches.py', mine, {
      burnInTrials: 0,
      onEvent: (event, trial) => {
        const isSecondTurn = event.kind === 'progress' && event.progress.heldMs !== undefined;
        if (!isSecondTurn || killed !== undefined) return;
        const other = mine.find(({ id }) => id !== trial.id);
        const log = readFileSync(join(directoryOf(other!), 'stdout.log'), 'utf8');
        killed = Number(/^batch \d+ of (\d+)/m.exec(log)?.[1]);
        process.kill(killed, 'SIGKILL');
      },
    });
    const kinds = outcomesOf(evidence).map(({ kind }) => kind);
    expect(killed).to.be.greaterThan(0);
    expect([...kinds].sort()).to.deep.equal(['failed', 'invalid']);
  });
});
