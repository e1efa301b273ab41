import { expect } from 'chai';
import { measureOffered } from '../../../src/measure/offered.js';
import type { QueryProgress } from '../../../src/model/trial/query-progress.js';

const load = {
  startedAt: 1_000_000,
  ratePerSecond: 1_000,
  partitions: 2,
  dueRecords: 20_000,
  sentRecords: 20_000,
};

/** A batch a second that takes `ms` and reads what was due when it began; `keeps` below 1 falls behind. */
function batches(ms: number, keeps: number, count = 20): QueryProgress[] {
  const taken = (second: number) => Math.floor((keeps * second * load.ratePerSecond) / 2);
  return Array.from({ length: count }, (_, second) => ({
    runId: 'run',
    batchId: second,
    startedAt: load.startedAt + second * 1_000,
    numInputRows: 2 * (taken(second) - taken(second - 1)),
    durationMs: { triggerExecution: ms },
    stateOperators: [],
    sources: [
      {
        description: 'kafka',
        startOffset: {
          'a-topic-0': Math.max(0, taken(second - 1)),
          'a-topic-1': Math.max(0, taken(second - 1)),
        },
        endOffset: { 'a-topic-0': taken(second), 'a-topic-1': taken(second) },
      },
    ],
  })).slice(5);
}

describe('measureOffered', () => {
  it('measures from the intended sending of a row to the end of its batch', () => {
    // Rows of a batch were due evenly over the second before it began, so they waited 0.5 s in the middle.
    const measured = measureOffered(batches(300, 1, 120), load, 1_000);
    expect(measured?.endToEndMs.p50).to.be.closeTo(800, 60);
    expect(measured?.endToEndMs.p99).to.be.closeTo(1_300, 60);
    expect(measured?.lagPerSecond).to.be.closeTo(0, 1e-9);
    expect(measured).to.deep.include({ sustainable: true, keptShare: 1 });
  });

  it('gives no p95 or p99 that rests on too few batches, but the maximum', () => {
    const { endToEndMs } = measureOffered(batches(300, 1), load, 1_000)!;
    expect(endToEndMs).to.deep.include({ p95: null, p99: null });
    expect(endToEndMs.max).to.be.closeTo(1_300, 60);
  });

  it('finds a lag that grows', () => {
    const measured = measureOffered(batches(300, 0.9), load, 1_000);
    expect(measured?.lagPerSecond).to.be.closeTo(100, 1);
    expect(measured?.sustainable).to.equal(false);
  });

  it('finds batches that do not fit in their trigger', () => {
    expect(measureOffered(batches(1_200, 1), load, 1_000)?.sustainable).to.equal(false);
    expect(
      measureOffered(batches(1_200, 1), load, 0)?.sustainable,
      'no trigger to fit in',
    ).to.equal(true);
  });

  it('says how much of its schedule the producer kept', () => {
    const late = { ...load, sentRecords: 19_000 };
    expect(measureOffered(batches(300, 1), late, 0)?.keptShare).to.equal(0.95);
  });

  it('is null without any batch', () => {
    expect(measureOffered([], load, 0)).to.equal(null);
  });
});
