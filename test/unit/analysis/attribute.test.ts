import { expect } from 'chai';
import { attribute } from '../../../src/analysis/attribute.js';
import { measureTrial } from '../../../src/measure/measure-trial.js';
import type { QueryProgress } from '../../../src/model/trial/query-progress.js';
import { toMarkdown } from '../../../src/report/words/sentence.js';
import { attributionSentence } from '../../../src/report/words/attribution-text.js';

interface Shape {
  readonly rows: number;
  readonly addBatch: number;
  readonly walCommit: number;
  readonly commit: number;
  readonly tasks: number;
}

/** Twenty batches that are all the same. */
function measured({ rows, addBatch, walCommit, commit, tasks }: Shape) {
  const events = Array.from({ length: 20 }, (_, batchId): QueryProgress => {
    const total = addBatch + walCommit + 10;
    return {
      runId: 'run',
      batchId,
      startedAt: batchId * total,
      numInputRows: rows,
      durationMs: { triggerExecution: total, addBatch, walCommit },
      stateOperators: [
        {
          operatorName: 'stateStoreSave',
          numShufflePartitions: tasks,
          allUpdatesTimeMs: 20,
          allRemovalsTimeMs: 5,
          commitTimeMs: commit,
        },
      ],
      sources: [],
    };
  });
  return measureTrial(events, { warmupSeconds: 0 });
}

/** The same without what floating point leaves behind. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'number' ? Math.round(one * 1e6) / 1e6 : one,
    ),
  );
}

const slow = { rows: 2_000, addBatch: 900, walCommit: 90, commit: 4_000, tasks: 40 };

describe('attribute', () => {
  it('names the phase that changed, those that did not, the operator and the tasks', () => {
    const fast = measured({ ...slow, addBatch: 300, commit: 400, tasks: 4 });
    const found = attribute([fast], [measured(slow)]);
    expect(rounded(found)).to.deep.equal({
      main: { phase: 'addBatch', before: 450, after: 150 },
      share: 1,
      unchanged: ['walCommit'],
      operator: { name: 'stateStoreSave', step: 'commit', before: 2_000, after: 200 },
      tasks: {
        before: { tasks: 40, rowsPerTask: 50 },
        after: { tasks: 4, rowsPerTask: 500 },
      },
    });
    expect(toMarkdown(attributionSentence(found!))).to.equal(
      "For 1,000 rows, `addBatch` went from 450 to 150 ms (−67 %), all of the change; `walCommit` unchanged; the commit of `stateStoreSave` went from 2,000 to 200 ms of task time; a batch's stateful stage has 4 tasks of 500 rows instead of 40 of 50.",
    );
  });

  it('compares batches of another size by their rows', () => {
    const larger = measured({ ...slow, rows: 8_000, addBatch: 3_600 });
    const found = attribute([larger], [measured(slow)]);
    expect(rounded(found?.main)).to.deep.equal({ phase: 'walCommit', before: 45, after: 11.25 });
    expect(found?.unchanged).to.deep.equal(['addBatch']);
  });

  it('has nothing to say where a side has not been measured', () => {
    expect(attribute([], [measured(slow)])).to.equal(null);
    expect(attribute([measured(slow)], [])).to.equal(null);
  });
});
