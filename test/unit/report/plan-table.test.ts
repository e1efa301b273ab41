import { expect } from 'chai';
import { forecast } from '../../../src/design/forecast.js';
import { renderPlan, renderTrials } from '../../../src/report/plan-table.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: many
knobs: { source.maxOffsetsPerTrigger: 5000 }
factors:
  spark.sql.shuffle.partitions: [4, 8]
  spark.driver.memory: [1g, 2g]
design: { blocks: 10 }
`;

describe('renderPlan', () => {
  const { experiment, plan } = runRecord(text, () => undefined);
  const data = { records: 6_802, how: 'counted' } as const;
  const parts = { experiment, plan, data, forecast: forecast(plan, experiment, data.records) };
  const lines = renderPlan(parts, 120).split('\n');

  it('says first how long it takes, then on what', () => {
    expect(lines[0]).to.equal('many');
    expect(lines[1]).to.match(/^Forecast: about \d+m \d\ds in all, \d+s a trial/);
    expect(lines[2]).to.contain('50 trials: 5 configurations in 10 blocks');
    expect(lines[2]).to.contain('6,802 records (counted in the file)');
  });

  it('says that versions of Spark differ in much at once, where they are compared', () => {
    const versions = runRecord(
      'version: 1\nname: two\nfactors: { spark.version: [3.5.7, 4.2.0] }\n',
      () => undefined,
    );
    const forecastOf = forecast(versions.plan, versions.experiment, data.records);
    const shown = renderPlan({ ...versions, data, forecast: forecastOf }, 200);
    expect(shown).to.contain(
      'Spark 3.5.7, 4.2.0: each with its own environment and connector, installed where it is missing. A version is many changes at once.',
    );
    expect(lines.join('\n')).not.to.contain('many changes');
  });

  it('has a row for each configuration, with the id that generate takes, and none for each trial', () => {
    const rows = lines
      .filter((line) => line.startsWith('│'))
      .map((line) => line.split('│')[1]?.trim());
    expect(rows.filter((id) => id !== '')).to.deep.equal([
      'id',
      'baseline',
      'aa',
      'c1',
      'c2',
      'c3',
    ]);
    expect(lines.join('\n')).not.to.contain('b1-t1');
    expect(renderTrials(parts, 120)).to.contain('b10-t5');
  });

  it('says what a trial takes in a session, and in a process of its own', () => {
    const levels = 'factors: { spark.sql.shuffle.partitions: [4, 8, 2] }';
    const design = 'design: { blocks: 3, confirm: { top: 1, screeningBlocks: 3 } }';
    const shown = (executor: string) => {
      const auto = runRecord(
        `version: 1\nname: x\nexecutor: ${executor}\nknobs: { source.maxOffsetsPerTrigger: 5000 }\n${levels}\n${design}\n`,
        () => undefined,
      );
      return renderPlan({ ...auto, data, forecast: forecast(auto.plan, auto.experiment) }, 300);
    };
    const auto = shown('auto');
    expect(auto).to.match(
      /once set up: \d+s a trial in a session, \d+s in a process of its own, and .+ to warm up a driver\./,
    );
    expect(auto).to.match(/│ +\d+s or \d+s │/);
    expect(auto).to.contain('the 12 trials of the screening in sessions');
    expect(auto).to.contain('of one trial, in a session or in a process of its own.');
    expect(shown('session')).to.match(/once set up: \d+s a trial in a session, and /);
    expect(shown('session')).to.not.match(/\d+s or \d+s/);
  });

  it('says what an estimate is', () => {
    const guess = renderPlan({ ...parts, data: { records: 2_000_000, how: 'estimated' } }, 200);
    expect(guess).to.contain("about 2,000,000 records (estimated from the file's size)");
  });
});
