import { expect } from 'chai';
import { diagnose } from '../../../../src/analysis/diagnose/diagnose.js';
import type { SymptomKind } from '../../../../src/model/log/diagnosis.js';
import type { QueryProgress } from '../../../../src/model/trial/query-progress.js';
import { settlingExperiment } from '../../../../src/report/diagnosis/settling-experiment.js';
import { symptomText } from '../../../../src/report/diagnosis/symptom-text.js';
import { steadyBatches } from '../../../helpers/progress.js';

type Change = (batch: QueryProgress, index: number) => Partial<QueryProgress>;

/** Sixty batches of 5,000 rows, one each second, that take half of it; then changed. */
function batches(change: Change = () => ({})): QueryProgress[] {
  return steadyBatches(60, 5_000, 1_000).map((steady, index) => {
    const batch = { ...steady, durationMs: { triggerExecution: 500, addBatch: 450 } };
    return { ...batch, ...change(batch, index) };
  });
}

const symptomsOf = (progress: readonly QueryProgress[]) =>
  diagnose([{ runId: 'run', name: null, end: null, progress }])[0]?.symptoms ?? [];
const operator = (numRowsTotal: number, more: object = {}) => ({
  stateOperators: [
    { operatorName: 'stateStoreSave', numRowsTotal, numShufflePartitions: 4, ...more },
  ],
});

describe('diagnose', () => {
  it('finds nothing wrong with a healthy query, and asks nothing of a short log', () => {
    expect(symptomsOf(batches(() => operator(1_000)))).to.deep.equal([]);
    expect(symptomsOf(batches().slice(0, 4))).to.deep.equal([]);
  });

  const sick: Record<SymptomKind, Change> = {
    'too-many-tasks': () => operator(1_000, { numShufflePartitions: 200 }),
    'skewed-partitions': ({ sources }) => ({
      sources: sources.map((source) => ({
        ...source,
        startOffset: { 't-0': 0, 't-1': 0, 't-2': 0 },
        endOffset: { 't-0': 4_800, 't-1': 100, 't-2': 100 },
      })),
    }),
    'slow-batches': (_, index) => ({
      startedAt: index * 1_000 + (index % 3 === 1 ? 700 : 0),
      durationMs: { triggerExecution: index % 3 === 0 ? 1_690 : 200 },
    }),
    'never-idle': () => ({ durationMs: { triggerExecution: 995 } }),
    'tiny-batches': (_, index) => (index % 2 === 0 ? {} : { numInputRows: 20 }),
    'state-grows': (_, index) => operator(1_000 + 100 * index + (index % 3)),
    'watermark-stands': () => ({ eventTime: { watermark: 0, max: 1_000_000 } }),
    'late-rows': () => operator(1_000, { numRowsDroppedByWatermark: 3 }),
    'slow-checkpoint': () => ({
      durationMs: { triggerExecution: 500, walCommit: 60, commitOffsets: 50 },
    }),
    'heap-state': () =>
      operator(3_000_000, { memoryUsedBytes: 9e8, store: 'heap', commitTimeMs: 9 }),
    'read-again': (batch) => ({ numInputRows: 2 * batch.numInputRows }),
    'shared-source': () => ({}),
  };
  for (const [kind, change] of Object.entries(sick)) {
    if (kind === 'shared-source') continue;
    it(`finds ${kind}, says on which figures, and what would settle it`, () => {
      const found = symptomsOf(batches(change));
      const symptom = found.find((one) => one.kind === kind);
      expect(symptom, found.map((one) => one.kind).join()).not.to.equal(undefined);
      const { title, figures } = symptomText(symptom!);
      expect(title).not.to.equal('');
      expect(figures)
        .to.match(/\d/)
        .and.not.to.match(/NaN|Infinity|undefined|null/);
      expect(settlingExperiment(symptom!) ?? 'factors:').to.match(/^factors:/);
    });
  }

  it('finds two queries that read the same, each for itself', () => {
    const both = diagnose(
      ['a', 'b'].map((runId) => ({
        runId,
        name: null,
        end: null,
        progress: batches(() => ({ runId })),
      })),
    );
    expect(both.map(({ symptoms }) => symptoms)).to.deep.equal([
      [{ kind: 'shared-source', source: 'KafkaV2[Subscribe[t]]', queries: 2 }],
      [{ kind: 'shared-source', source: 'KafkaV2[Subscribe[t]]', queries: 2 }],
    ]);
  });

  it('does not call noise a trend', () => {
    const noisy = batches((_, index) => operator(10_000 + ((index * 7_919) % 997)));
    expect(symptomsOf(noisy).map(({ kind }) => kind)).to.deep.equal([]);
  });
});
