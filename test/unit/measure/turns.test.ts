import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { measureEvidence } from '../../../src/measure/measure-evidence.js';
import type { ProgressEvent } from '../../../src/model/trial/progress-event.js';
import type { QueryProgress } from '../../../src/model/trial/query-progress.js';
import { parseProgressLine } from '../../../src/progress/parse-progress.js';
import { progress } from '../../helpers/progress.js';

/** Turns of four batches of 100 rows, with a query started anew in each; a turn's turn's first batch takes twice as long, and others have theirs in between. */
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

  it('counts all but its first batch if its query was held between its turns', () => {
    const lineOf = ({ batchId, startedAt, durationMs, ...rest }: QueryProgress) => {
      const isResumed = batchId > 0 && batchId % 4 === 0;
      const heldMs = isResumed ? 8_990 : 0;
      const { triggerExecution = 0 } = durationMs;
      const timestamp = new Date(startedAt - heldMs).toISOString();
      const told = { triggerExecution: triggerExecution + heldMs };
      const own = { ...rest, runId: 'run-0', batchId, timestamp, durationMs: told };
      return JSON.stringify({ event: 'progress', progress: own, ...(isResumed ? { heldMs } : {}) });
    };
    const released = turnsOf(5, 250, 9_000).map(
      (batch) => parseProgressLine(lineOf(batch)) as Extract<ProgressEvent, { kind: 'progress' }>,
    );
    const batches = released.map(({ progress: one }) => one);
    expect(batches.map(({ heldMs }) => heldMs).filter(Number)).to.deep.equal(Array(4).fill(8_990));
    const measured = measure(batches);
    expect(measured?.counts).to.deep.include({ batches: 20, counted: 19, warmup: 1 });
    expect(measured?.spanMs).to.equal(15 * 250 + 4 * 500);
    expect(measured?.rateLimited).to.equal(false);
    expect(measured?.rowsPerSecond).to.be.closeTo((1_000 * 1_900) / (15 * 250 + 4 * 500), 1e-9);
  });

  it('counts all but the first batch of each start of its query', () => {
    const measured = measure(turnsOf(5, 250, 9_000));
    expect(measured?.counts).to.deep.include({ batches: 20, counted: 15, warmup: 5 });
    expect(measured?.rowsPerSecond).to.equal(400);
    expect(measured?.warnings).to.deep.equal([]);
  });

  it('has nothing of what others did in between: no time, no idleness of its own', () => {
    const batches = turnsOf(5, 250, 9_000);
    const measured = measure(batches);
    expect(measured?.spanMs).to.equal(15 * 250);
    expect(measured?.rateLimited).to.equal(false);
    expect(measured?.warmupCutSeconds).to.equal(0.5);
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
    expect(countedWith('')).to.deep.include({ counted: 15, warmup: 5 });
    expect(countedWith('measurement: { warmup: 2s }\n')).to.deep.include({ warmup: 9 });
  });

  it('is not taken for one that is still warming by the first batch of each turn', () => {
    const shift = (batches: QueryProgress[]) => batches.slice(2); // five batches have one such or two
    for (const turns of [5, 8, 15]) {
      expect(measure(shift(turnsOf(turns, 250, 9_000)))?.warnings, String(turns)).to.deep.equal([]);
    }
    const cooling = turnsOf(8, 250, 9_000).map((batch, index) => {
      const { triggerExecution = 0 } = batch.durationMs;
      const ms = triggerExecution * (index < 12 ? 3 : 1);
      return { ...batch, durationMs: { triggerExecution: ms } };
    });
    expect(measure(cooling)?.warnings.map(({ kind }) => kind)).to.include('still-warming');
  });

  it('is one query still, whose batches must all be there', () => {
    const batches = turnsOf(5, 250, 9_000);
    const lacking = measure(batches.filter(({ batchId }) => batchId !== 6));
    expect(lacking?.warnings).to.deep.include({ kind: 'missing-batches', after: 5 });
  });
});
