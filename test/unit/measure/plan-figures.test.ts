import { expect } from 'chai';
import { readingTaskWarnings, tasksThatDiffer } from '../../../src/measure/plan-figures.js';

describe("what Spark's own plan says against the knobs", () => {
  it('finds shuffle partitions that only seemed to be set', () => {
    const knobs = { 'spark.sql.shuffle.partitions': 4 };
    expect(tasksThatDiffer(knobs, { shufflePartitions: 200 })).to.deep.equal({
      kind: 'tasks-differ',
      asked: '4',
      tasks: 200,
    });
    expect(tasksThatDiffer(knobs, { shufflePartitions: 4 })).to.equal(undefined);
  });

  it('has nothing to say where nothing was asked, or nothing is known', () => {
    for (const knobs of [{}, { 'spark.sql.shuffle.partitions': null }]) {
      expect(tasksThatDiffer(knobs, { shufflePartitions: 200 })).to.equal(undefined);
    }
    const knobs = { 'spark.sql.shuffle.partitions': 4 };
    expect(tasksThatDiffer(knobs, { shufflePartitions: null })).to.equal(undefined);
  });

  it('warns where another number of tasks reads than was asked for', () => {
    const warnings = (knobs: Record<string, number>, tasks: number) =>
      readingTaskWarnings(knobs, [tasks, 9]);
    expect(warnings({ 'topic.partitions': 4 }, 4)).to.deep.equal([]);
    expect(warnings({ 'topic.partitions': 4, 'source.minPartitions': 8 }, 8)).to.deep.equal([]);
    expect(warnings({ 'topic.partitions': 4, 'source.minPartitions': 8 }, 4)).to.deep.equal([
      { kind: 'reading-tasks', tasks: 4, wanted: 8 },
    ]);
    expect(
      warnings({ 'topic.partitions': 4, 'source.maxRecordsPerPartition': 8 }, 40),
    ).to.deep.equal([]);
  });

  it('takes the partitions of a topic that was there before from what has been read', () => {
    const read = (partitions: number) => {
      const ends = Array.from({ length: partitions }, (_, index) => [`calls-${String(index)}`, 9]);
      const endOffset = Object.fromEntries(ends) as Record<string, number>;
      return { sources: [{ description: 'KafkaV2', startOffset: {}, endOffset }] };
    };
    expect(readingTaskWarnings({}, [3, 9], read(3))).to.deep.equal([]);
    expect(readingTaskWarnings({}, [2, 9], read(3))).to.deep.equal([
      { kind: 'reading-tasks', tasks: 2, wanted: 3 },
    ]);
    expect(readingTaskWarnings({ 'source.minPartitions': 8 }, [8], read(3))).to.deep.equal([]);
    expect(readingTaskWarnings({}, [1], { sources: [] })).to.deep.equal([]);
  });
});
