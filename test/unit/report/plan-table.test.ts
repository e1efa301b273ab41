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

  it('says what an estimate is', () => {
    const guess = renderPlan({ ...parts, data: { records: 2_000_000, how: 'estimated' } }, 200);
    expect(guess).to.contain("about 2,000,000 records (estimated from the file's size)");
  });
});
