import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { coldStartsOf } from '../../../src/design/cold-starts.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';

function starts(lines: string): number {
  const text = `version: 1\nname: starts\n${lines}`;
  const experiment = parseExperiment({ text, file: 'starts.yaml' });
  return coldStartsOf(planExperiment(experiment), experiment);
}

const screened = `knobs: { source.maxOffsetsPerTrigger: 10000 }
factors: { spark.sql.shuffle.partitions: [4, 8, 2, 3, 5, 6] }
design: { blocks: 6, confirm: { top: 1, screeningBlocks: 3 } }
`;
const hot = 'factors: { spark.sql.shuffle.partitions: [8, 4] }\n';
const cold = 'factors: { spark.driver.memory: [1g, 2g] }\n';
const blocks = (number: number) => `design: { blocks: ${String(number)}, confirm: off }\n`;

describe('the drivers that a run starts', () => {
  it('are one for each trial that has a process of its own', () => {
    expect(starts(hot + blocks(6))).to.equal(6 * 3);
  });

  it('are one for all trials that share it, and another one after forty', () => {
    expect(starts(`${hot}executor: session\n${blocks(6)}`)).to.equal(1);
    expect(starts(`${hot}executor: session\n${blocks(20)}`)).to.equal(2);
  });

  it('are one for each change of cold knobs', () => {
    expect(starts(`${cold}executor: session\n${blocks(4)}`)).to.be.within(4, 8);
  });

  it('are after a screening only those of what it can keep, besides those that it shared', () => {
    expect(starts(screened)).to.equal(3 * 7 + 6 * 3);
    expect(starts(`executor: auto\n${screened}`)).to.equal(1 + 6 * 3);
    expect(starts(`executor: session\n${screened}`)).to.equal(1);
  });
});
