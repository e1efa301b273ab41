import { expect } from 'chai';
import {
  fixedRecords,
  partOf,
  startingOffsetsOf,
} from '../../../../src/execution/records/existing-topic.js';

type Part = readonly [earliest: number, latest: number];
const topic = (...parts: readonly Part[]) => ({
  name: 't',
  partitions: parts.map(([earliest, latest], partition) => ({ partition, earliest, latest })),
});
const startsOf = (records: number | undefined, ...parts: readonly Part[]) =>
  partOf(topic(...parts), records).partitions.map(({ start }) => start);

describe('the part of a topic that a run reads', () => {
  it('is everything, or the newest records of all partitions', () => {
    expect(startsOf(undefined, [0, 100], [50, 100])).to.deep.equal([0, 50]);
    expect(startsOf(20, [0, 100], [50, 100])).to.deep.equal([90, 90]);
    expect(startsOf(21, [0, 100], [50, 100])).to.deep.equal([90, 89]);
    expect(startsOf(1_000, [0, 100], [50, 100])).to.deep.equal([0, 50]);
  });

  it('takes more from other partitions where one has too few', () => {
    const few = partOf(topic([0, 100], [98, 100], [7, 7]), 30);
    expect(few.partitions).to.deep.equal([
      { partition: 0, start: 72, end: 100 },
      { partition: 1, start: 98, end: 100 },
      { partition: 2, start: 7, end: 7 },
    ]);
    expect(fixedRecords(few)).to.equal(30);
  });

  it('is told to Spark in its own form', () => {
    expect(startingOffsetsOf(partOf(topic([0, 9], [3, 9])))).to.equal('{"t":{"0":0,"1":3}}');
  });
});
