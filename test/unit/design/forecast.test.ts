import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { remainingSeconds } from '../../../src/analysis/remaining-seconds.js';
import { forecast } from '../../../src/design/forecast.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';

function minutes(text: string): number {
  const experiment = parseExperiment({ text: `version: 1\nname: x\n${text}`, file: 'x.yaml' });
  return forecast(planExperiment(experiment), experiment).totalSeconds / 60;
}

const quick = `data: { records: 100000 }
knobs: { source.maxOffsetsPerTrigger: 5000 }
factors: { spark.sql.shuffle.partitions: [200, 10, 2] }
design: { blocks: 2 }
measurement: { window: 55s, timeLimit: 2m }
`;

describe('forecast', () => {
  it('comes near what the first quick experiment really took, 3.7 minutes, and its A/A', () => {
    expect(minutes(quick)).to.be.within(5.7 / 1.5, 5.7 * 1.5);
  });

  it('never counts a trial longer than its window or its limit', () => {
    const windowed = 'knobs: { source.maxOffsetsPerTrigger: 10 }\ndesign: { blocks: 1 }\n';
    expect(minutes(`${windowed}measurement: { window: 60s }\n`)).to.be.within(2, 2.9);
    expect(minutes(`${windowed}measurement: { timeLimit: 2m }\n`)).to.be.within(4, 4.5);
  });

  it('is finite for any level that a file can hold', () => {
    expect(
      minutes('knobs: { source.maxOffsetsPerTrigger: none, spark.sql.shuffle.partitions: x }\n'),
    ).to.be.within(0, 60);
  });

  it('goes by the trials that have ended, once there are some', () => {
    expect(remainingSeconds(4, [10_000, 20_000], 500)).to.equal(60);
    expect(remainingSeconds(4, [], 500)).to.equal(2_000);
  });
});
