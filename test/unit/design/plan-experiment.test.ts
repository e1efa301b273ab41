import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { trialsOf } from '../../../src/model/trial/plan.js';

const text = `version: 1
name: sample
knobs: { job.sink: noop }
factors:
  spark.sql.shuffle.partitions: [200, 10, 2]
  source.maxOffsetsPerTrigger: [5000, null]
exclude:
  - { spark.sql.shuffle.partitions: 2, source.maxOffsetsPerTrigger: null }
design: { blocks: 6, seed: 3 }
`;
const experiment = parseExperiment({ text, file: 'x.yaml' });

describe('planExperiment', () => {
  const plan = planExperiment(experiment);

  it('expands the grid, the baseline first, without what is excluded', () => {
    expect(plan.configurations.map(({ levels }) => Object.values(levels))).to.deep.equal([
      [200, 5000],
      [200, 5000],
      [200, null],
      [10, 5000],
      [10, null],
      [2, 5000],
    ]);
    expect(plan.configurations[0]).to.include({ id: 'baseline', role: 'baseline' });
    expect(plan.configurations[1]).to.include({ id: 'aa', role: 'baseline-repeat' });
  });

  it('runs every configuration once in each block, and the baseline twice', () => {
    expect(plan.blocks).to.have.length(6);
    for (const block of plan.blocks) {
      const ids = block.launches.flatMap(({ trials }) => trials.map((t) => t.configuration.id));
      expect([...ids].sort()).to.deep.equal(['aa', 'baseline', 'c1', 'c2', 'c3', 'c4']);
    }
  });

  it('gives the same order for the same seed and another for another', () => {
    const order = (seed: number) =>
      trialsOf(planExperiment({ ...experiment, design: { ...experiment.design, seed } })).map(
        (t) => t.id,
      );
    expect(order(3)).to.deep.equal(order(3));
    expect(order(3)).not.to.deep.equal(order(4));
  });

  it('puts every configuration at every place about equally often', () => {
    const many = planExperiment({
      ...experiment,
      design: { kind: 'grid', blocks: 2_000, seed: 9, placebo: 'skip' },
    });
    const first = many.blocks.filter(
      (b) => b.launches[0]?.trials[0]?.configuration.role === 'baseline',
    );
    expect(first.length).to.be.within(270, 400); // 333 expected, sd 17
  });

  it('changes one factor at a time where that is asked', () => {
    const kind = 'one-at-a-time' as const;
    const { configurations } = planExperiment({
      ...experiment,
      exclude: [],
      design: { kind, blocks: 1, seed: 1, placebo: 'skip' },
    });
    expect(configurations.map(({ levels }) => Object.values(levels))).to.deep.equal([
      [200, 5000],
      [200, 5000],
      [10, 5000],
      [2, 5000],
      [200, null],
    ]);
  });
});
