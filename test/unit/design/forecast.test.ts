import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { remainingSeconds } from '../../../src/analysis/remaining-seconds.js';
import { forecast } from '../../../src/design/forecast.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { projectPath } from '../../../src/process/project-paths.js';

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
    expect(remainingSeconds(4, [10_000, 20_000], 500)).to.equal(60);
    expect(remainingSeconds(4, [], 500)).to.equal(2_000);
  });
});
