import { expect } from 'chai';
import { wornBy } from '../../../../../src/execution/session/driver/driver-limits.js';
import { isFlat } from '../../../../../src/execution/session/flat-rate.js';

const fresh = { heapBytes: 2e8, maxHeapBytes: 1e9, threads: 80, classes: 20_000, kafkaClients: 0 };

describe('a driver', () => {
  it('takes another trial while it holds little more than at first', () => {
    expect(wornBy(39, { ...fresh, threads: 200, heapBytes: 4e8 }, fresh)).to.equal(undefined);
  });

  it('is replaced before what earlier trials left could matter', () => {
    expect(wornBy(40, fresh, fresh)).to.equal('trials');
    expect(wornBy(1, { ...fresh, heapBytes: 6e8 }, fresh)).to.equal('heap');
    expect(wornBy(1, { ...fresh, threads: 300 }, fresh)).to.equal('threads');
    expect(wornBy(1, { ...fresh, classes: 60_000 }, fresh)).to.equal('classes');
    expect(wornBy(1, { ...fresh, kafkaClients: 150 }, fresh)).to.equal('kafka-clients');
  });

  it('is judged by what its JVM tells', () => {
    expect(wornBy(1, { ...fresh, threads: null, kafkaClients: null }, fresh)).to.equal(undefined);
    expect(wornBy(1, null, null)).to.equal(undefined);
  });
});

describe('the rate of a driver', () => {
  const trials = (...rates: readonly (number | null)[]) =>
    rates.map((rowsPerSecond) => ({ configuration: 'baseline', rowsPerSecond }));

  it('is not flat while it grows, or before there are enough trials to tell', () => {
    expect(isFlat(trials(100, 130, 150, 165, 178))).to.equal(false);
    expect(isFlat(trials(100, 100, 100, 100))).to.equal(false);
    expect(isFlat(trials(100, null, 100, 100, null, 100))).to.equal(false);
  });

  it('is flat once the gains of the latest trials reach down to none', () => {
    expect(isFlat(trials(100, 130, 150, 155, 154, 157, 155))).to.equal(true);
  });

  it('is not kept from being flat by what is gained on the trial that started the JVM', () => {
    // As a real driver warmed up, Spark 4.2.0: then its trials went on between 6,500 and 8,600 rows/s.
    const rates = [2451, 6973, 7210, 7016, 3129, 6822, 6766, 7645];
    const four = rates.map((rowsPerSecond, index) => ({
      ...{ configuration: `c${String(index % 4)}`, rowsPerSecond },
    }));
    expect(isFlat(four)).to.equal(true);
    expect(isFlat(four.slice(0, 7))).to.equal(false);
  });

  it('is flat when it falls', () => {
    expect(isFlat(trials(100, 95, 93, 90, 91))).to.equal(true);
  });

  it('compares each trial with the one before of its own configuration', () => {
    const both = [100, 10, 130, 13, 150, 15, 165, 16.5].map((rowsPerSecond, index) => ({
      configuration: index % 2 === 0 ? 'fast' : 'slow',
      rowsPerSecond,
    }));
    expect(isFlat(both)).to.equal(false);
    const flat = [100, 10, 101, 9.9, 99, 10, 100, 10].map((rowsPerSecond, index) => ({
      configuration: index % 2 === 0 ? 'fast' : 'slow',
      rowsPerSecond,
    }));
    expect(isFlat(flat)).to.equal(true);
  });
});
