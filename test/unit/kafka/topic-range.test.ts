import { expect } from 'chai';
import { readProgress } from '../../../src/kafka/read-progress.js';
import { topicRange, type RangeRequest } from '../../../src/kafka/topic-range.js';
import { plaintextEndpoint } from '../../../src/model/kafka-endpoint.js';
import { expectError } from '../../helpers/expect-error.js';

const connection = {
  endpoint: plaintextEndpoint('localhost:1'),
  signal: new AbortController().signal,
};
const topic = {
  name: 'calls',
  partitions: [
    { partition: 0, earliest: 5, latest: 10 },
    { partition: 1, earliest: 0, latest: 3 },
  ],
};
const rangeOf = (request: Partial<RangeRequest>) =>
  topicRange(connection, topic, { untilEnd: false, fromBeginning: false, ...request });

describe('topicRange', () => {
  it('ends where the topic ended when it was asked', async () => {
    expect(await rangeOf({ untilEnd: true, fromBeginning: true })).to.deep.equal([
      { partition: 0, start: 5, end: 10 },
      { partition: 1, start: 0, end: 3 },
    ]);
  });

  it('reads one partition, from an offset, or only what is new', async () => {
    expect(await rangeOf({ partition: 0, offset: 7 })).to.deep.equal([
      { partition: 0, start: 7, end: Infinity },
    ]);
    expect(await rangeOf({ partition: 1 })).to.deep.equal([
      { partition: 1, start: 3, end: Infinity },
    ]);
  });

  it('refuses what the topic does not have, and says what it has', async () => {
    const without = await expectError(rangeOf({ partition: 2 }), 'USAGE');
    expect(without.message).to.contain('no partition 2').and.to.contain('0, 1');
    for (const offset of [4, 11, 6.5]) {
      const outside = await expectError(rangeOf({ partition: 0, offset }), 'USAGE');
      expect(outside.message).to.contain('5 to 9');
    }
    await expectError(rangeOf({ offset: 1 }), 'USAGE');
  });
});

describe('readProgress', () => {
  const ranges = [
    { partition: 0, start: 5, end: 7 },
    { partition: 1, start: 3, end: 3 },
  ];

  it('is done when the last record of each partition was there, and takes nothing else', () => {
    const progress = readProgress(ranges);
    expect(progress.take({ partition: 0, offset: 4 }), 'before the start').to.equal(false);
    expect(progress.take({ partition: 1, offset: 3 }), 'after the end').to.equal(false);
    expect(progress.take({ partition: 0, offset: 5 })).to.equal(true);
    expect(progress.isDone()).to.equal(false);
    expect(progress.take({ partition: 0, offset: 6 })).to.equal(true);
    expect(progress.isDone()).to.equal(true);
  });

  it('is done after some fetches without a record, where the last offset holds no record', () => {
    const progress = readProgress(ranges);
    progress.take({ partition: 0, offset: 5 });
    for (let fetch = 1; fetch <= 2; fetch += 1) progress.fetched(5_000);
    progress.take({ partition: 0, offset: 5 });
    for (let fetch = 1; fetch <= 9; fetch += 1) progress.fetched(20);
    for (let fetch = 1; fetch <= 2; fetch += 1) progress.fetched(5_000);
    expect(progress.isDone()).to.equal(false);
    progress.fetched(5_000);
    expect(progress.isDone()).to.equal(true);
  });

  it('is done at once with an empty topic, and never without an end', () => {
    expect(readProgress([{ partition: 0, start: 0, end: 0 }]).isDone()).to.equal(true);
    const endless = readProgress([{ partition: 0, start: 0, end: Infinity }]);
    for (let fetch = 1; fetch <= 9; fetch += 1) endless.fetched(5_000);
    expect(endless.isDone()).to.equal(false);
  });
});
