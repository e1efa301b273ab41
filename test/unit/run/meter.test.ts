import { expect } from 'chai';
import { statusOf } from '../../../src/analysis/run-status.js';
import type { EndedTrial } from '../../../src/model/trial/ended-trial.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import type { DriverReason } from '../../../src/model/session-record.js';
import type { TrialTimes } from '../../../src/model/run/trial-times.js';
import { createMeter } from '../../../src/run/loop/meter.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: x
executor: auto
factors: { spark.sql.shuffle.partitions: [32, 4, 2] }
design: { blocks: 2, confirm: { top: 1, screeningBlocks: 2 } }
`;
const times: TrialTimes = {
  ...{ coldSeconds: 25, sessionSeconds: 4, driverStartSeconds: 10, burnInSeconds: 40 },
  sessionBlocks: [1, 2],
};

describe('the time that a run has left', () => {
  const whole = runRecord(text, () => 100);
  const run: RunRecord = { ...whole, state: 'running', trials: [] };
  const [block] = run.plan.blocks;
  const ended = (index: number, seconds: number): EndedTrial => {
    const found = whole.trials[index];
    if (found === undefined) throw new Error('no such trial');
    const burnIn = { seconds: 55, trials: 8, isFlat: true, rates: [] };
    const place = index + 1;
    const startedFor: DriverReason = 'first';
    const session = { ...{ driver: 1, startedFor, place, figures: null }, burnIn };
    return { ...found, wallMs: 1_000 * seconds, session };
  };

  it('counts a session for each screening trial, and the driver that is to come', () => {
    const meter = createMeter(run, times);
    meter.enter(block!, run);
    expect(meter.secondsOfBlock()).to.equal(10 + 40 + 4 * 4);
    const { secondsLeft } = meter.position();
    // Nobody knows yet which candidate is kept, but one of them will be.
    expect(secondsLeft).to.equal(10 + 40 + 8 * 4 + 6 * 25);
    const moment = { lastAt: undefined, running: [], now: 0, times };
    expect(statusOf(run, moment).endsAt).to.equal(new Date(1_000 * secondsLeft).toISOString());
  });

  it('goes by the sessions that it has measured, in the driver that is there', () => {
    const meter = createMeter(run, times);
    meter.enter(block!, run);
    const first = ended(0, 6);
    meter.add(first);
    expect(meter.position().secondsLeft).to.equal(7 * 6 + 6 * 25);
    const moment = { lastAt: undefined, running: [], now: 0, times };
    const { endsAt } = statusOf({ ...run, trials: [first] }, moment);
    expect(Date.parse(endsAt ?? '') / 1_000).to.equal(7 * 6 + 6 * 25);
  });

  it('takes the others of a block in turns for nearly through once one of them has ended', () => {
    const meter = createMeter(run, times);
    meter.enter(block!, run);
    const { session, ...first } = ended(0, 6);
    const inTurns = { ...first, session: { ...session!, turns: 7 } };
    meter.add(inTurns);
    expect(meter.position().secondsLeft).to.equal(4 * 6 + 6 * 25);
    const moment = { lastAt: undefined, running: [], now: 0, times };
    const { endsAt } = statusOf({ ...run, trials: [inTurns] }, moment);
    expect(Date.parse(endsAt ?? '') / 1_000).to.equal(4 * 6 + 6 * 25);
    // A new process runs the rest of the block again from its beginning.
    const resumed = createMeter({ ...run, trials: [inTurns] }, times);
    resumed.enter(block!, run);
    expect(resumed.position().secondsLeft).to.equal(10 + 55 + 7 * 6 + 6 * 25);
  });

  it('starts a driver again after a resume, as warm as the last one became', () => {
    const resumed = { ...run, trials: [ended(0, 6)] };
    const meter = createMeter(resumed, times);
    meter.enter(block!, resumed);
    expect(meter.secondsOfBlock()).to.equal(10 + 55 + 3 * 6);
  });
});
