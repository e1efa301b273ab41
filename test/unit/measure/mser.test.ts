import { expect } from 'chai';
import { measureTrial } from '../../../src/measure/measure-trial.js';
import { warmsBeyondSeconds } from '../../../src/measure/mser.js';
import { seededRandom } from '../../../src/model/seeded-random.js';
import { simulateBatches } from '../../../src/execution/simulated/simulate-batches.js';

/** A second a batch when warm; a trial of 60 batches that warms over so many. */
const trial = (depth: number, batches: number) =>
  simulateBatches(
    {
      rowsPerSecond: 1_000,
      batches: 60,
      batchRows: 1_000,
      warmup: { depth, batches, firstBatch: 1 },
      noise: { sd: 0.03, correlation: 0 },
      startedAt: 0,
    },
    seededRandom(7),
  );

describe('MSER-5', () => {
  it('cuts next to nothing of a trial that is warm from the start', () => {
    expect(warmsBeyondSeconds(trial(0, 1))).to.be.at.most(11);
  });

  it('finds where a warm-up ends', () => {
    expect(warmsBeyondSeconds(trial(0.6, 4))).to.be.within(5, 25);
  });

  it('flags a trial that warms for longer than its cut', () => {
    const kinds = (events: ReturnType<typeof trial>) =>
      measureTrial(events, { warmupSeconds: 1 }).warnings.map(({ kind }) => kind);
    expect(kinds(trial(0.8, 20))).to.include('still-warming');
    expect(kinds(trial(0, 1))).not.to.include('still-warming');
  });

  it('has nothing to say of a handful of batches', () => {
    expect(warmsBeyondSeconds(trial(0.5, 4).slice(0, 14))).to.equal(0);
    expect(warmsBeyondSeconds([])).to.equal(0);
  });
});
