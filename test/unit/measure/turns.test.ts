import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { measureEvidence } from '../../../src/measure/measure-evidence.js';
import type { ProgressEvent } from '../../../src/model/trial/progress-event.js';
import type { QueryProgress } from '../../../src/model/trial/query-progress.js';
import { progress } from '../../helpers/progress.js';

/** Turns of four batches of 100 rows; each turn's first batch takes twice as long, and others have theirs in between. */
function turnsOf(count: number, ms: number, waitMs: number): QueryProgress[] {
  let at = 0;
  return Array.from({ length: 4 * count }, (_, batchId) => {
    const isFirst = batchId % 4 === 0;
    if (isFirst && batchId > 0) at += waitMs;
    const took = isFirst ? 2 * ms : ms;
    const batch = progress({ batchId, startedAt: at, rows: 100, ms: took }, 100 * batchId);
    at += took;
    return { ...batch, runId: `run-${String(Math.floor(batchId / 4))}` };
  });
}

function eventsOf(batches: readonly QueryProgress[]): ProgressEvent[] {
  const runs = [...new Set(batches.map(({ runId }) => runId))];
  return [
    ...runs.map((runId, index): ProgressEvent => ({
      ...{ kind: 'started', at: 0 },
      query: { id: 'query', runId, name: 'calls', turn: index + 1 },
    })),
    ...batches.map((one): ProgressEvent => ({ kind: 'progress', at: 0, progress: one })),
  ];
}

describe('a trial in turns', () => {
  const measure = (batches: readonly QueryProgress[], warmupSeconds = 0) =>
    measureEvidence(
      { events: eventsOf(batches), canary: [], offered: null },
      {},
      { warmupSeconds },
    );

  it('counts all but its first three batches and the first one of each turn', () => {
    const measured = measure(turnsOf(5, 250, 9_000));
    expect(measured?.counts).to.deep.include({ batches: 20, counted: 13, warmup: 7 });
    expect(measured?.rowsPerSecond).to.equal(400);
    expect(measured?.warnings).to.deep.equal([]);
  });

  it('has nothing of what others did in between: no time, no idleness of its own', () => {
    const batches = turnsOf(5, 250, 9_000);
    const measured = measure(batches);
    expect(measured?.spanMs).to.equal(13 * 250);
    expect(measured?.rateLimited).to.equal(false);
    expect(measured?.warmupCutSeconds).to.equal(1);
    expect(measure(batches, 2)?.counts.warmup).to.equal(9);
    expect(measured).to.deep.equal(measure(turnsOf(5, 250, 100)));
  });

  it('has no declared warm-up in a driver that is warm, unless the experiment sets one', () => {
    const burnIn = { seconds: 40, trials: 9, isFlat: true, rates: [] };
    const session = {
      ...({ driver: 1, startedFor: 'first', place: 1, burnIn, figures: null } as const),
      turns: 5,
    };
    const countedWith = (measurement: string) => {
      const text = `version: 1\nname: warm\nexecutor: session\n${measurement}`;
      const { measurement: spec } = parseExperiment({ text, file: 'warm.yaml' });
      const events = eventsOf(turnsOf(5, 250, 9_000));
      return measureEvidence({ events, canary: [], offered: null, session }, {}, spec)?.counts;
    };
    expect(countedWith('')).to.deep.include({ counted: 13, warmup: 7 });
    expect(countedWith('measurement: { warmup: 2s }\n')).to.deep.include({ warmup: 9 });
  });

  it('is one query still, whose batches must all be there', () => {
    const batches = turnsOf(5, 250, 9_000);
    const lacking = measure(batches.filter(({ batchId }) => batchId !== 6));
    expect(lacking?.warnings).to.deep.include({ kind: 'missing-batches', after: 5 });
  });
});
