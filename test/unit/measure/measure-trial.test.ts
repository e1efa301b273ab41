import { expect } from 'chai';
import { measureTrial } from '../../../src/measure/measure-trial.js';
import { parseProgressLine } from '../../../src/progress/parse-progress.js';
import { weightedQuantile } from '../../../src/measure/weighted-quantile.js';
import { progress, steadyBatches } from '../../helpers/progress.js';

describe('measureTrial', () => {
  it('divides the sum of rows by the sum of batch times, and never averages rates', () => {
    const events = steadyBatches(15, 100, 1_000);
    events[13] = progress({ batchId: 13, startedAt: 13_000, rows: 900, ms: 1_000 }, 1_300);
    events[14] = progress({ batchId: 14, startedAt: 14_000, rows: 1_800, ms: 3_000 }, 2_200);
    const { rowsPerSecond, counts } = measureTrial(events, { warmupSeconds: 0 });
    // The trial lasts 17 s, so batches from 5.67 s on count: 6 to 14, 7 × 100 + 900 + 1800 rows in 11 s.
    expect(counts.counted).to.equal(9);
    expect(rowsPerSecond).to.be.closeTo((700 + 900 + 1_800) / 11, 1e-9);
  });

  it('cuts the declared warm-up where that is the longest', () => {
    const { counts, warmupCutSeconds } = measureTrial(steadyBatches(20, 10, 1_000), {
      warmupSeconds: 15,
    });
    expect(warmupCutSeconds).to.equal(15);
    expect(counts).to.include({ warmup: 15, counted: 5 });
  });

  it('leaves the partial last batch of a backlog out', () => {
    const events = [...steadyBatches(12, 100, 1_000)];
    events.push(progress({ batchId: 12, startedAt: 12_000, rows: 7, ms: 900 }, 1_200));
    expect(measureTrial(events, { warmupSeconds: 0 }).rowsPerSecond).to.be.closeTo(100, 1e-9);
  });

  it('counts empty batches apart', () => {
    const events = steadyBatches(12, 100, 1_000);
    events.push(progress({ batchId: 12, startedAt: 12_000, rows: 0, ms: 500 }, 1_200));
    const { counts, rowsPerSecond } = measureTrial(events, { warmupSeconds: 0 });
    expect(counts).to.include({ batches: 13, empty: 1 });
    expect(rowsPerSecond).to.be.closeTo(100, 1e-9);
  });

  it('says null, not NaN, when no batch is left', () => {
    const { rowsPerSecond, batchMs } = measureTrial(steadyBatches(2, 100, 1_000), {
      warmupSeconds: 60,
    });
    expect(rowsPerSecond).to.equal(null);
    expect(batchMs).to.equal(null);
  });

  it('notices a batch that is missing', () => {
    const events = steadyBatches(20, 100, 1_000).filter((event) => event.batchId !== 9);
    expect(measureTrial(events, { warmupSeconds: 0 }).warnings).to.deep.include({
      kind: 'missing-batches',
      after: 8,
    });
  });
});

describe('weightedQuantile', () => {
  it('weighs a value by the rows behind it', () => {
    const points = [
      { value: 10, weight: 98 },
      { value: 500, weight: 2 },
    ];
    expect(weightedQuantile(points, 0.95)).to.equal(10);
    expect(weightedQuantile(points, 0.99)).to.equal(500);
  });
});

describe('parseProgressLine', () => {
  it('gives nothing for torn, foreign or incomplete lines', () => {
    for (const line of ['', '{', 'null', '[]', '{"event":"progress"}', '{"event":"other"}']) {
      expect(parseProgressLine(line), line).to.equal(undefined);
    }
  });

  it('reads offsets also where they are JSON inside a string, as in an event log', () => {
    const source = { startOffset: '{"t":{"0":5}}', endOffset: '{"t":{"0":9}}', numInputRows: 4 };
    const event = parseProgressLine(
      JSON.stringify({
        event: 'progress',
        at: 1,
        progress: {
          runId: 'r',
          batchId: 3,
          timestamp: '2026-01-01T00:00:00.000Z',
          sources: [source],
        },
      }),
    );
    expect(event).to.have.nested.property('progress.numInputRows', 4);
    expect(event).to.have.deep.nested.property('progress.sources[0].endOffset', { 't-0': 9 });
  });
});
