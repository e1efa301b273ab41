import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import {
  driverAfter,
  measuredTimes,
  remainingSeconds,
} from '../../../src/analysis/remaining-seconds.js';
import { budgetOf } from '../../../src/design/budget.js';
import { forecast } from '../../../src/design/forecast.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import { defaultBurnIn, type SessionRecord } from '../../../src/model/session-record.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { runRecord } from '../../helpers/run-record.js';

function minutes(text: string): number {
  const experiment = parseExperiment({ text: `version: 1\nname: x\n${text}`, file: 'x.yaml' });
  return forecast(planExperiment(experiment), experiment).totalSeconds / 60;
}

const quick = readFileSync(projectPath('experiments/quick.yaml'), 'utf8')
  .split('\n')
  .filter((line) => !/^(version|name):/.test(line))
  .join('\n');

describe('forecast', () => {
  it('comes near what the quick experiment really takes, five and a half minutes', () => {
    expect(minutes(quick)).to.be.within(5.5 / 1.5, 5.5 * 1.5);
  });

  it('never counts a trial longer than its limit, nor than its window if enough batches fit', () => {
    const windowed = 'knobs: { source.maxOffsetsPerTrigger: 10 }\ndesign: { blocks: 1 }\n';
    const fast = windowed.replace('10 }', '10, spark.sql.shuffle.partitions: 2 }');
    expect(minutes(`${fast}measurement: { window: 60s }\n`)).to.be.within(2, 2.9);
    expect(minutes(`${windowed}measurement: { window: 60s }\n`), 'goes on').to.be.above(2.9);
    expect(minutes(`${windowed}measurement: { timeLimit: 2m }\n`)).to.be.within(4, 4.5);
  });

  it('is finite for any level that a file can hold', () => {
    expect(
      minutes('knobs: { source.maxOffsetsPerTrigger: none, spark.sql.shuffle.partitions: x }\n'),
    ).to.be.within(0, 60);
  });

  it('goes by the trials that have ended, once there are some', () => {
    const run = ended('design: { blocks: 3 }\n', (number) =>
      number < 3 ? 10 * number : undefined,
    );
    const left = trialsOf(run.plan).slice(2);
    expect(left).to.have.length(4);
    const times = { ...timesOf(run), coldSeconds: 500 };
    expect(remainingSeconds(left, measuredTimes(times, run.trials))).to.equal(60);
    expect(remainingSeconds(left, times)).to.equal(2_000);
  });
});

/** A run whose trials took this many seconds, by their number from 1; undefined for one that has not ended. */
function ended(text: string, seconds: (number: number) => number | undefined): RunRecord {
  const run = runRecord(`version: 1\nname: x\n${text}`, () => 100);
  const trials = run.trials.flatMap((one, index) => {
    const took = seconds(index + 1);
    return took === undefined ? [] : [{ ...one, wallMs: 1_000 * took }];
  });
  return { ...run, trials };
}

const timesOf = ({ plan, experiment }: RunRecord) => forecast(plan, experiment).times;

const screened = `knobs: { source.maxOffsetsPerTrigger: 10000 }
factors: { spark.sql.shuffle.partitions: [4, 8, 2, 3, 5, 6] }
design: { blocks: 6, confirm: { top: 1, screeningBlocks: 3 } }
`;
const session = (place: number, burnInSeconds: number): SessionRecord => ({
  ...{ driver: 1, startedFor: 'first', place, figures: null },
  burnIn: { seconds: burnInSeconds, trials: 8, isFlat: true, rates: [] },
});

describe('the forecast of trials in sessions', () => {
  const read = (text: string) => {
    const experiment = parseExperiment({ text: `version: 1\nname: x\n${text}`, file: 'x.yaml' });
    return forecast(planExperiment(experiment), experiment);
  };
  const cold = read(screened);
  const auto = read(`executor: auto\n${screened}`);
  const shared = read(`executor: session\n${screened}`);

  it('counts a screening in sessions by the time of a session, with one driver to warm', () => {
    const { coldSeconds, sessionSeconds, driverStartSeconds, burnInSeconds } = auto.times;
    expect(auto.times.sessionBlocks).to.deep.equal([1, 2, 3]);
    expect(sessionSeconds).to.be.below(coldSeconds - 10);
    expect(auto.drivers).to.equal(1);
    const saved = 3 * 7 * (coldSeconds - sessionSeconds) - driverStartSeconds - burnInSeconds;
    expect(cold.totalSeconds - auto.totalSeconds).to.be.closeTo(saved, 1e-6);
    expect(cold).to.deep.include({ drivers: 0 });
    expect(cold.times.sessionBlocks).to.deep.equal([]);
  });

  it('counts a driver for each 40 trials', () => {
    expect(shared.drivers, '3 × 7 + 6 × 3 trials').to.equal(1);
    const many = read(`executor: session\n${screened.replace('blocks: 6', 'blocks: 7')}`);
    expect(many.drivers).to.equal(2);
  });

  it('counts a driver for each change of cold knobs', () => {
    const memory = 'factors: { spark.driver.memory: [1g, 2g] }\ndesign: { blocks: 4 }\n';
    const found = read(`executor: session\n${memory}`);
    expect(found.drivers).to.be.within(4, 8);
    expect(found.totalSeconds).to.be.above(
      found.drivers * (found.times.driverStartSeconds + found.times.burnInSeconds),
    );
  });

  it('never lets a burn-in be shorter than a trial, nor go on for longer than its limit', () => {
    expect(auto.times.burnInSeconds).to.be.within(auto.times.sessionSeconds, defaultBurnIn.seconds);
    const long = read(
      `executor: session\ndata: { records: 100000000 }\nmeasurement: { window: 4m }\n${screened}`,
    );
    expect(long.times.burnInSeconds).to.equal(long.times.sessionSeconds);
  });

  it('says in a budget that more blocks fit', () => {
    const budget = (text: string) => {
      const experiment = parseExperiment({ text: `version: 1\nname: x\n${text}`, file: 'x.yaml' });
      const plan = planExperiment(experiment);
      const parts = { plan, experiment, forecast: forecast(plan, experiment) };
      return budgetOf(parts, auto.totalSeconds + 1).blocks;
    };
    expect(budget(`executor: auto\n${screened}`)).to.equal(9);
    expect(budget(screened)).to.be.below(9);
  });

  it('goes by the measured trials of each kind, and by the measured burn-ins', () => {
    const run = ended(`executor: auto\n${screened}`, (number) => (number <= 22 ? 3 : undefined));
    const trials = run.trials.map((one, index) => {
      if (index >= 21) return { ...one, wallMs: 30_000 };
      return { ...one, session: session(index + 1, 50) };
    });
    const times = measuredTimes(timesOf(run), trials);
    expect(times).to.include({ sessionSeconds: 3, coldSeconds: 30, burnInSeconds: 50 });
    const planned = trialsOf(run.plan);
    const live = driverAfter(trials);
    expect(live).to.deep.include({ trials: 21 });
    expect(remainingSeconds(planned.slice(20, 22), times, live)).to.equal(33);
    const driver = times.driverStartSeconds + 50;
    expect(remainingSeconds(planned.slice(20, 22), times), 'a new one').to.equal(33 + driver);
  });
});
