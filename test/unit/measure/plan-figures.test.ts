import { expect } from 'chai';
import { planFigures } from '../../../src/measure/plan-figures.js';

describe('planFigures', () => {
  it('finds shuffle partitions that only seemed to be set', () => {
    const knobs = { 'spark.sql.shuffle.partitions': 4 };
    const { problem } = planFigures(knobs, { shufflePartitions: 200, stageTasks: null });
    expect(problem).to.contain('asked to be 4').and.to.contain('ran with 200');
    expect(planFigures(knobs, { shufflePartitions: 4, stageTasks: null }).problem).to.equal(
      undefined,
    );
  });

  it('has nothing to say where nothing was asked, or nothing is known', () => {
    for (const knobs of [{}, { 'spark.sql.shuffle.partitions': null }]) {
      const { problem } = planFigures(knobs, { shufflePartitions: 200, stageTasks: null });
      expect(problem).to.equal(undefined);
    }
    const { problem } = planFigures(
      { 'spark.sql.shuffle.partitions': 4 },
      { shufflePartitions: null, stageTasks: [4] },
    );
    expect(problem).to.equal(undefined);
  });

  it('warns where another number of tasks reads than was asked for', () => {
    const warnings = (knobs: Record<string, number>, tasks: number) =>
      planFigures(knobs, { shufflePartitions: null, stageTasks: [tasks, 9] }).warnings;
    expect(warnings({ 'topic.partitions': 4 }, 4)).to.deep.equal([]);
    expect(warnings({ 'topic.partitions': 4, 'source.minPartitions': 8 }, 8)).to.deep.equal([]);
    expect(warnings({ 'topic.partitions': 4, 'source.minPartitions': 8 }, 4)).to.deep.equal([
      { kind: 'reading-tasks', tasks: 4, wanted: 8 },
    ]);
    expect(
      warnings({ 'topic.partitions': 4, 'source.maxRecordsPerPartition': 8 }, 40),
    ).to.deep.equal([]);
  });
});
