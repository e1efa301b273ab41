import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judgeTrial } from '../../../../src/measure/judge-trial.js';
import { HarnessError, messageOf } from '../../../../src/model/harness-error.js';
import type { Assignment } from '../../../../src/model/knob.js';
import { installFakeDriver, runFakeSession, wishKey } from '../../../helpers/fake-session.js';
import { isGone } from '../../../helpers/process-state.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('trials that share a driver', () => {
  const folder = temporaryFolder();
  before(() => {
    installFakeDriver(folder);
  });

  let runs = 0;
  /** The drivers of the latest run. */
  let pids: number[] = [];

  /** Runs one trial for each wish in one launch, and returns what they gave with the drivers. */
  async function run(
    wishes: readonly (string | Assignment)[],
    given: Parameters<typeof runFakeSession>[2] = {},
  ) {
    runs += 1;
    const root = join(folder, `run-${String(runs)}`);
    pids = [];
    const { trials, evidence } = await runFakeSession({ folder, root }, wishes, {
      ...given,
      onDriver: (pid) => pids.push(pid),
    });
    const outcomes = evidence.map((one, index) =>
      judgeTrial({
        knobs: trials[index]?.configuration.knobs ?? {},
        evidence: one,
        machine: null,
        measurement: null,
      }),
    );
    return { evidence, outcomes, pids, folderOf: (index: number) => join(root, trials[index]!.id) };
  }

  it('follow each other in one process, each with its own files', async () => {
    const { evidence, pids, folderOf } = await run(['UTC', 'CET', 'EET']);
    expect(pids).to.have.lengthOf(1);
    expect(evidence.map(({ end }) => end.kind)).to.deep.equal(['ended', 'ended', 'ended']);
    expect(evidence.map(({ events }) => events.length)).to.deep.equal([20, 20, 20]);
    expect(evidence.map(({ effectiveConf }) => effectiveConf?.[wishKey])).to.deep.equal([
      ...['UTC', 'CET', 'EET'],
    ]);
    expect(evidence.map(({ session }) => session?.place)).to.deep.equal([1, 2, 3]);
    expect(readFileSync(join(folderOf(1), 'stderr.log'), 'utf8')).to.equal('trial of CET\n');
    expect(readdirSync(folderOf(1))).not.to.include('scratch');
  });

  it('are warmed by trials that leave nothing, until the rate is flat', async () => {
    const { evidence, folderOf } = await run(['UTC', 'CET'], { trials: 20 });
    const burnIn = evidence[0]?.session?.burnIn;
    expect(burnIn).to.deep.include({ isFlat: true, trials: 6 });
    expect(burnIn?.rates).to.deep.equal(Array(6).fill(1_000));
    expect(evidence[1]?.session?.burnIn).to.deep.equal(burnIn);
    expect(readdirSync(folderOf(0))).not.to.include('burn-in');
  });

  it('survive the death of their driver, which fails the one that it ran', async () => {
    const { evidence, outcomes, pids } = await run(['UTC', 'dies', 'CET']);
    expect(pids).to.have.lengthOf(2);
    expect(outcomes[1]).to.deep.include({
      ...{ kind: 'failed', failureClass: 'killed', infrastructure: true },
    });
    expect(evidence[2]?.end.kind).to.equal('ended');
    expect(evidence[2]?.session).to.deep.include({ driver: 2, place: 1, startedFor: 'ended' });
    expect(evidence[1]?.session?.figures).to.equal(null);
  });

  it('go on after one whose job failed, in the same driver', async () => {
    const { outcomes, pids, evidence } = await run(['fails', 'UTC']);
    expect(pids).to.have.lengthOf(1);
    expect(outcomes[0]).to.deep.include({ kind: 'failed', failureClass: 'invalid-value' });
    expect(evidence[1]?.end.kind).to.equal('ended');
  });

  it('get another driver after one that hangs until its time is up', async () => {
    const { outcomes, pids } = await run(['hangs', 'UTC'], { timeLimitSeconds: 0.5 });
    expect(outcomes[0]).to.deep.equal({ kind: 'timed-out', limitSeconds: 0.5 });
    expect(pids).to.have.lengthOf(2);
  });

  it('do not count where Spark did not take a setting, or took it and did not keep it', async () => {
    const { outcomes, evidence } = await run(['refused', 'ignored', 'UTC']);
    const cause = { kind: 'setting-differs', key: wishKey };
    expect(outcomes.slice(0, 2)).to.deep.equal([
      { kind: 'invalid', cause: { ...cause, asked: 'refused', effective: 'static' } },
      { kind: 'invalid', cause: { ...cause, asked: 'ignored', effective: 'UTC' } },
    ]);
    expect(evidence[2]?.end.kind).to.equal('ended');
  });

  it('are refused where their script leaves something to the next, and their driver ends', async () => {
    const refused = async (trials: number) => {
      const error = await run(['UTC', 'leaves'], { trials }).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(HarnessError).with.property('code', 'SESSION_UNFIT');
      expect(String(error)).to.match(/data_stream\.py cannot share .*\n {2}it has left a global/);
    };
    await refused(0);
    await refused(2); // found while its driver is warmed
  });

  it('leave no driver behind that could not be warmed', async () => {
    const error = await run(['UTC'], { trials: 5, prepares: 2 }).catch(messageOf);
    expect(error).to.equal('cannot be prepared');
    expect(pids).to.have.lengthOf(1);
    expect(pids.filter((pid) => !isGone(pid))).to.deep.equal([]);
  });

  it('fail where their driver cannot start, for the reason that it gave', async () => {
    const { outcomes } = await run([{ 'spark.memory.fraction': '7' }]);
    expect(outcomes[0]).to.deep.include({ kind: 'failed', failureClass: 'invalid-value' });
    expect(outcomes[0]).to.have.nested.property('cause.text').that.contains('7 is no fraction');
  });

  it('get another driver where one holds too much', async () => {
    const { evidence, pids } = await run(['leaks', 'UTC']);
    expect(pids).to.have.lengthOf(2);
    expect(evidence[1]?.session?.startedFor).to.equal('heap');
  });

  it('get another driver where their cold knobs differ', async () => {
    const { evidence, pids } = await run(['UTC', { 'spark.driver.memory': '2g' }]);
    expect(pids).to.have.lengthOf(2);
    expect(evidence[1]?.session?.startedFor).to.equal('cold-knobs');
  });
});
