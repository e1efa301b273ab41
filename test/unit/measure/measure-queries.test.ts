import { expect } from 'chai';
import { measureEvidence } from '../../../src/measure/measure-evidence.js';
import { measureQueries } from '../../../src/measure/measure-queries.js';
import type { ProgressEvent } from '../../../src/model/trial/progress-event.js';
import { steadyBatches } from '../../helpers/progress.js';

const started = (name: string): ProgressEvent => ({
  kind: 'started',
  at: 0,
  query: { id: name, runId: name, name },
});
/** Batches of 1,000 rows, one right after the other. */
const batchesOf = (name: string, count: number, ms: number): ProgressEvent[] =>
  steadyBatches(count, 1_000, ms).map((progress) => ({
    kind: 'progress',
    at: progress.startedAt + ms,
    progress: { ...progress, runId: name },
  }));

describe('several queries', () => {
  const events = [
    ...[started('fast'), started('slow')],
    ...[...batchesOf('fast', 60, 500), ...batchesOf('slow', 30, 1_000)],
  ];

  it('are measured one by one, each over its own batches', () => {
    expect(measureQueries(events, 1)?.each).to.deep.equal([
      { name: 'fast', rowsPerSecond: 2_000, batchMs: 500, inputRows: 60_000 },
      { name: 'slow', rowsPerSecond: 1_000, batchMs: 1_000, inputRows: 30_000 },
    ]);
  });

  it('are measured together, over the time in which all are warm', () => {
    expect(measureQueries(events, 1)?.together).to.equal(3_000);
  });

  it('leave the figures to the one that decides', () => {
    const evidence = { events, canary: [], offered: null };
    const measured = measureEvidence(evidence, {}, { warmupSeconds: 1, query: 'slow' });
    expect(measured?.rowsPerSecond).to.equal(1_000);
    expect(measured?.queries?.each).to.have.length(2);
  });

  it('are not there for a job with one', () => {
    const one = [started('fast'), ...batchesOf('fast', 60, 500)];
    expect(measureQueries(one, 1)).to.equal(undefined);
    expect(
      measureEvidence({ events: one, canary: [], offered: null }, {}, { warmupSeconds: 1 }),
    ).not.to.have.property('queries');
  });

  it('have no figures together while one of them has no batch that counts', () => {
    const early = [...events, started('late'), ...batchesOf('late', 1, 500)];
    const found = measureQueries(early, 1);
    expect(found?.together).to.equal(null);
    expect(found?.each.at(-1)).to.include({ name: 'late', rowsPerSecond: null, inputRows: 1_000 });
  });
});
