import { expect } from 'chai';
import { analyseQuery } from '../../../../src/analysis/log/analyse-query.js';
import { queryGatherer } from '../../../../src/analysis/log/gather-queries.js';
import type { QueryProgress } from '../../../../src/model/trial/query-progress.js';
import { steadyBatches } from '../../../helpers/progress.js';

const gathered = (batches: readonly QueryProgress[], limitBytes?: number) => {
  const gatherer = queryGatherer(limitBytes);
  for (const progress of batches) gatherer.add({ kind: 'progress', progress });
  return gatherer;
};

describe('queryGatherer', () => {
  it('keeps the starts of queries apart, with their names and ends', () => {
    const [batch] = steadyBatches(1, 10, 100) as [QueryProgress];
    const gatherer = queryGatherer();
    gatherer.add({ kind: 'started', runId: 'b', name: 'second' });
    gatherer.add({ kind: 'progress', progress: { ...batch, runId: 'a', name: 'first' } });
    gatherer.add({ kind: 'progress', progress: { ...batch, runId: 'b' } });
    gatherer.add({ kind: 'terminated', runId: 'a', exception: 'boom' });
    gatherer.add({ kind: 'terminated', runId: 'nobody', exception: null });
    expect(gatherer.queries().map(({ name, end }) => ({ name, end }))).to.deep.equal([
      { name: 'first', end: { exception: 'boom' } },
      { name: 'second', end: null },
    ]);
  });

  it('counts a batch once that two logs tell of', () => {
    const batches = steadyBatches(5, 10, 100);
    const gatherer = gathered([...batches, ...batches.slice(2)]);
    expect(gatherer.queries()[0]?.progress).to.deep.equal(batches);
    expect(gatherer.leftOut()).to.deep.equal([{ reason: 'read-before', count: 3, where: '' }]);
  });

  it('keeps the newest batches within its memory', () => {
    const gatherer = gathered(steadyBatches(1_000, 10, 100), 100_000);
    const kept = gatherer.queries()[0]?.progress ?? [];
    const [left] = gatherer.leftOut();
    expect(kept.at(-1)?.batchId).to.equal(999);
    expect(kept.length).to.be.within(50, 150);
    expect(left).to.deep.equal({ reason: 'not-kept', count: 1_000 - kept.length, where: '' });
  });
});

describe('analyseQuery', () => {
  const of = (progress: readonly QueryProgress[]) =>
    analyseQuery({ runId: 'run', name: null, end: null, progress });

  it('says where the time goes, what came in, and what was processed', () => {
    // A batch of 500 rows every second, each 200 ms long.
    const batches = steadyBatches(40, 500, 1_000).map((batch) => ({
      ...batch,
      durationMs: { triggerExecution: 200, addBatch: 150, walCommit: 30 },
    }));
    const query = of(batches);
    expect(query.measurement.rowsPerSecond).to.equal(2_500);
    expect(query.inputRowsPerSecond).to.equal(500);
    const phases = query.phases.map(({ name, meanMs, share }) => [
      name,
      Math.round(meanMs),
      Math.round(100 * share),
    ]);
    expect(phases).to.deep.equal([
      ['addBatch', 150, 75],
      ['walCommit', 30, 15],
    ]);
    expect(query).to.include({ from: 0, to: 39_200, state: null, watermark: null });
  });

  it('adds up the state, and says how far the watermark is behind', () => {
    const batches = steadyBatches(2, 10, 100).map((batch, at) => ({
      ...batch,
      eventTime: { watermark: at === 0 ? 0 : 40_000, max: at === 0 ? 100_000 : 90_000 },
      stateOperators: [
        { operatorName: 'a', numRowsTotal: 3, memoryUsedBytes: 100, store: 'heap' as const },
        { operatorName: 'b', numRowsTotal: 4 },
      ],
    }));
    expect(of(batches)).to.deep.include({
      state: { rows: 7, memoryBytes: 100, store: 'heap' },
      watermark: { last: 40_000, lagMs: 60_000 },
    });
    expect(of(batches.slice(0, 1)).watermark).to.deep.equal({ last: null, lagMs: null });
  });

  it('takes more batches than a call has room for arguments', () => {
    expect(of(steadyBatches(300_000, 10, 100)).measurement.counts.batches).to.equal(300_000);
  });
});
