import { expect } from 'chai';
import { measuredEnd } from '../../../../src/execution/submit/measured-end.js';
import type { ProgressEvent } from '../../../../src/model/trial/progress-event.js';
import type { QueryProgress } from '../../../../src/model/trial/query-progress.js';
import { heldTimers, type HeldTimers } from '../../../helpers/held-timers.js';
import { steadyBatches } from '../../../helpers/progress.js';

const event = (progress: QueryProgress): ProgressEvent => ({ kind: 'progress', at: 0, progress });
const started = (runId: string, name: string): ProgressEvent => ({
  ...{ kind: 'started', at: 0 },
  query: { id: runId, runId, name },
});
const window = { seconds: 4, warmupSeconds: 1, leastBatches: 10 };

describe('the end of a job that would go on', () => {
  let timers: HeldTimers;
  beforeEach(() => {
    timers = heldTimers();
  });
  afterEach(() => {
    timers[Symbol.dispose]();
  });

  it('comes when its records have been read', () => {
    using end = measuredEnd({ records: 30 });
    const [a, b, c] = steadyBatches(3, 10, 100).map(event);
    for (const one of [a, b]) end.onEvent(one!);
    expect(end.signal.aborted).to.equal(false);
    end.onEvent(c!);
    expect(end.signal.aborted).to.equal(true);
  });

  it('comes when each reading of a topic that is joined with itself has got its records', () => {
    using end = measuredEnd({ records: 30 });
    const batches = steadyBatches(3, 10, 100).map((batch) =>
      event({ ...batch, numInputRows: 20, sources: [...batch.sources, ...batch.sources] }),
    );
    for (const one of batches.slice(0, 2)) end.onEvent(one);
    expect(end.signal.aborted, '40 of 60 readings').to.equal(false);
    end.onEvent(batches[2]!);
    expect(end.signal.aborted).to.equal(true);
  });

  it('comes with the first rows of another topic, of the query that decides', () => {
    const batches = steadyBatches(2, 10, 100);
    using end = measuredEnd({ topic: 't-of-trial', query: 'b' });
    end.onEvent(started('run-a', 'a'));
    end.onEvent(started('run-b', 'b'));
    end.onEvent(event({ ...batches[0]!, runId: 'run-a' }));
    end.onEvent(event({ ...batches[0]!, runId: 'run-b', numInputRows: 0 }));
    expect(end.signal.aborted).to.equal(false);
    end.onEvent(event({ ...batches[1]!, runId: 'run-b' }));
    expect(end.signal.aborted).to.equal(true);
    using ofOwn = measuredEnd({ topic: 't' });
    ofOwn.onEvent(event(batches[0]!));
    expect(ofOwn.signal.aborted).to.equal(false);
  });

  it('comes with the end of the window, between two batches', () => {
    using end = measuredEnd({ window });
    for (const batch of steadyBatches(30, 10, 100)) end.onEvent(event(batch));
    timers.advance(3_899); // the first batch took 100 ms of the window
    expect(end.signal.aborted).to.equal(false);
    timers.advance(1);
    expect(end.signal.aborted).to.equal(true);
  });

  it('waits for ten batches that count', () => {
    using end = measuredEnd({ window });
    const batches = steadyBatches(30, 10, 1_000);
    for (const batch of batches.slice(0, 5)) end.onEvent(event(batch));
    timers.advance(60_000);
    const needed = batches.findIndex((batch) => {
      if (batch.batchId >= 5) end.onEvent(event(batch));
      return end.signal.aborted;
    });
    expect(needed, 'ten of two thirds').to.equal(14);
  });

  it('depends on the query that decides', () => {
    using end = measuredEnd({ records: 20, query: 'b' });
    const of = (runId: string) =>
      steadyBatches(2, 10, 100).map((batch) => event({ ...batch, runId }));
    end.onEvent(started('r1', 'a'));
    end.onEvent(started('r2', 'b'));
    for (const one of of('r1')) end.onEvent(one);
    expect(end.signal.aborted).to.equal(false);
    for (const one of of('r2')) end.onEvent(one);
    expect(end.signal.aborted).to.equal(true);
  });

  it('never comes where nothing is to be measured', () => {
    using end = measuredEnd({});
    for (const batch of steadyBatches(30, 10, 100)) end.onEvent(event(batch));
    timers.advance(3_600_000);
    expect(end.signal.aborted).to.equal(false);
  });
});
