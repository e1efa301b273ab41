import { expect } from 'chai';
import { analyseRun } from '../../../../src/analysis/analyse-run.js';
import {
  compareConfigurations,
  compareRuns,
} from '../../../../src/analysis/compare/compare-runs.js';
import { runDifferences } from '../../../../src/analysis/compare/run-differences.js';
import type { Outcome } from '../../../../src/model/trial/outcome.js';
import type { RunRecord } from '../../../../src/model/run/run-record.js';
import { runRecord, type MadeUp } from '../../../helpers/run-record.js';

const experiment = (factors: string, more = '') => `version: 1
name: made-up
knobs: { topic.partitions: 4 }
factors: { spark.sql.shuffle.partitions: ${factors} }
design: { blocks: 6, seed: 5 }
measurement: { warmup: 1s }
${more}`;

const wobble = [0, 12, -9, 5, -3, 8];
/** Milliseconds per batch around a figure for each configuration; another machine wobbles at other times. */
const speeds =
  (ms: Readonly<Record<string, number | Outcome>>, shift = 0): MadeUp =>
  ({ block, configuration: { id } }) => {
    const found = ms[id] ?? ms['baseline'];
    if (typeof found !== 'number') return found;
    return found + (wobble[(block + shift + id.length) % 6] ?? 0);
  };
const another = (run: RunRecord, more: Partial<RunRecord['manifest']> = {}): RunRecord => ({
  ...run,
  manifest: { ...run.manifest, runId: '89abcdef', startedAt: '2026-02-02T20:00:00.000Z', ...more },
});
const failure: Outcome = {
  kind: 'failed',
  failureClass: 'task-failure',
  cause: { kind: 'message', text: 'no' },
  stderrTail: [],
};

describe('two runs', () => {
  const before = runRecord(
    experiment('[200, 10, 20]'),
    speeds({ baseline: 1_000, c1: 500, c2: 600 }),
  );
  const slower = another(
    runRecord(experiment('[200, 10, 30]'), speeds({ baseline: 1_000, c1: 700, c2: 600 }, 2)),
  );
  const side = (run: RunRecord, name = 'a run') => ({ name, run });

  it('are compared in what they share, without pairs, and the rest is named', () => {
    const found = compareRuns({ before: side(before), after: side(slower) });
    expect(found.how).to.equal('unpaired');
    expect(found.rows.map(({ throughput }) => throughput.kind)).to.deep.equal([
      'equivalent',
      'worse',
    ]);
    expect(found.rows[1]?.throughput.estimate?.gain).to.be.closeTo(500 / 700 - 1, 0.01);
    expect(found.rows.map((row) => row.before.trials)).to.deep.equal([12, 6]);
    const levels = (subjects: typeof found.onlyBefore) =>
      subjects.map((one) =>
        one.kind === 'same' ? Object.values(one.configuration.levels)[0] : '',
      );
    expect(levels(found.onlyBefore)).to.deep.equal([20]);
    expect(levels(found.onlyAfter)).to.deep.equal([30]);
    expect(found.hoursApart).to.equal(48);
    expect(found.undecided).to.equal(null);
  });

  it('turn every sign when they are swapped', () => {
    const forth = compareRuns({ before: side(before), after: side(slower) });
    const back = compareRuns({ before: side(slower), after: side(before) });
    expect(back.rows.map(({ throughput }) => throughput.kind)).to.deep.equal([
      'equivalent',
      'better',
    ]);
    const logOf = (gain = 0) => Math.log1p(gain);
    for (const [index, row] of forth.rows.entries()) {
      expect(logOf(row.throughput.estimate?.gain)).to.be.closeTo(
        -logOf(back.rows[index]?.throughput.estimate?.gain),
        1e-12,
      );
    }
  });

  it('are estimates while one of them is not finished', () => {
    const part = another({ ...before, state: 'running', trials: before.trials.slice(0, 9) });
    const found = compareRuns({ before: side(before), after: side(part) });
    expect(found.undecided).to.equal('unfinished');
    for (const { throughput } of found.rows) {
      expect(throughput.kind).to.equal('not-judged');
      expect(throughput.estimate?.interval ?? null).to.equal(null);
      expect(throughput.cautions[0]).to.deep.equal({ kind: 'before-look', block: 6 });
    }
  });

  it('tell a configuration that fails on one side from a slow one', () => {
    const failing = another(
      runRecord(experiment('[200, 10, 20]'), speeds({ baseline: 1_000, c1: failure, c2: 600 }, 2)),
    );
    const found = compareRuns({ before: side(before), after: side(failing) });
    expect(found.rows.map(({ throughput }) => throughput.kind)).to.deep.equal([
      'equivalent',
      'ineligible',
      'equivalent',
    ]);
    expect(found.rows[1]?.throughput.cautions).to.deep.equal([
      { kind: 'failed-blocks', blocks: 6, of: 6 },
    ]);
  });

  it('claim nothing where a side lost trials for how they ran', () => {
    const madeUp = speeds({ baseline: 1_000, c1: 700, c2: 600 }, 2);
    const lossy = another(
      runRecord(experiment('[200, 10, 20]'), (trial) =>
        trial.configuration.id === 'c1' && trial.block < 3
          ? { kind: 'timed-out', limitSeconds: 60 }
          : madeUp(trial),
      ),
    );
    const found = compareRuns({ before: side(before), after: side(lossy) });
    expect(found.rows[1]?.throughput).to.deep.include({ kind: 'inconclusive' });
    expect(found.rows[1]?.throughput.cautions.map(({ kind }) => kind)).to.include('lost-trials');
  });

  it('say what differs, and what of it makes a row other work', () => {
    const other = another(
      runRecord(
        experiment('[200, 10, 20]', 'data: { records: 5000 }').replace(
          '4 }',
          '8, job.window: 1 hour }',
        ),
        () => 1_000,
      ),
      {
        versions: { ...before.manifest.versions, spark: '4.2.0' },
        hashes: { ...before.manifest.hashes, dataset: 'fedcba987654' },
      },
    );
    const found = runDifferences(before, other).map((one) => [
      one.what,
      one.key,
      one.changesMeaning,
    ]);
    expect(found).to.deep.equal([
      ['data', undefined, true],
      ['spark', undefined, false],
      ['setting', 'topic.partitions', false],
      ['setting', 'job.window', true],
    ]);
    expect(runDifferences(before, another(before))).to.deep.equal([]);
  });

  it('take a key that one of them varies for a level, not for a difference', () => {
    const fixed = another(
      runRecord(
        experiment('[10]').replace('factors', 'factors').replace('[10]', '[10, 20]'),
        speeds({ baseline: 500, c1: 600 }, 2),
      ),
    );
    const found = compareRuns({ before: side(before), after: side(fixed) });
    expect(found.rows).to.have.length(2);
    expect(found.differences).to.deep.equal([]);
  });
});

describe('two configurations of one run', () => {
  const run = runRecord(experiment('[200, 10]'), speeds({ baseline: 1_000, c1: 900 }));
  const of = (id: string, record = run) => ({
    ...{ name: id, run: record },
    configuration: record.plan.configurations.find((one) => one.id === id)!,
  });

  it('are judged within blocks, as the run itself judges them', () => {
    const found = compareConfigurations({ before: of('baseline'), after: of('c1') });
    const own = analyseRun(run).rows.find(({ configuration }) => configuration.id === 'c1');
    expect(found.how).to.equal('paired');
    expect(found.rows[0]?.throughput).to.deep.equal(own?.throughput);
    expect(found.rows[0]?.latency).to.deep.equal(own?.latency);
    expect(found.differences).to.deep.equal([]);
  });

  it('can be any two, in either order', () => {
    const back = compareConfigurations({ before: of('c1'), after: of('baseline') });
    expect(back.rows[0]?.throughput.kind).to.equal('worse');
  });

  it('are unpaired if they are of different runs', () => {
    const found = compareConfigurations({ before: of('baseline'), after: of('c1', another(run)) });
    expect(found.how).to.equal('unpaired');
    expect(found.rows).to.have.length(1);
  });

  it('are not judged where the screening left one out', () => {
    const screened = runRecord(
      experiment('[200, 10, 20]', '').replace(
        'seed: 5',
        'seed: 5, confirm: { top: 1, screeningBlocks: 2 }',
      ),
      speeds({ baseline: 1_000, c1: 500, c2: 600 }),
    );
    const kept = {
      ...screened,
      trials: screened.trials.filter(
        ({ trial }) => trial.block <= 2 || trial.configuration.id !== 'c2',
      ),
    };
    const found = compareConfigurations({ before: of('c1', kept), after: of('c2', kept) });
    expect(found.rows[0]?.throughput.kind).to.equal('not-judged');
    expect(found.rows[0]?.throughput.cautions[0]).to.deep.equal({
      kind: 'screened-out',
      blocks: 2,
    });
  });
});
