import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import type { QueryResult, ResultState } from '../../../src/model/trial/query-result.js';
import type { Trial } from '../../../src/model/trial/plan.js';
import { resultLine } from '../../../src/report/words/evidence/result-text.js';
import { cautionText } from '../../../src/report/words/verdict-text.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: results
factors: { spark.a: [1, 2] }
design: { blocks: 3 }
measurement: { warmup: 1s }
`;
type Told = (trial: Trial) => Partial<QueryResult> | undefined;

/** A state with a count for each letter. */
function state(counts: Readonly<Record<string, number>>): ResultState {
  const sample = Object.entries(counts).map(([letter, count], index) => ({
    hash: String(index).padStart(16, '0'),
    key: JSON.stringify({ letter }),
    value: JSON.stringify({ count }),
  }));
  return { rows: sample.length, digest: JSON.stringify(sample), share: 1, sample };
}
const usual = state({ a: 1, b: 2 });

/** The model of a run whose candidate is twice as fast, and whose trials wrote this. */
function modelOf(told: Told, experiment = text) {
  const run = runRecord(
    experiment,
    ({ configuration: { id }, block }) =>
      (id === 'c1' ? 500 : 1_000) * (1 + 0.01 * ((block * 7) % 5)),
  );
  const trials = run.trials.map((one) => {
    const written = told(one.trial);
    if (written === undefined) return one;
    const result = { query: 'q', sink: 'memory', mode: 'update', inputRows: 40_000, ...written };
    return { ...one, results: [result] };
  });
  const model = analyseRun({ ...run, trials });
  const row = model.rows.find(({ configuration }) => configuration.id === 'c1');
  return { model, row, result: row?.result };
}
const isCandidate = ({ configuration: { id } }: Trial) => id === 'c1';

describe('the results of trials', () => {
  it('that are the same leave the verdict alone', () => {
    const { row, result, model } = modelOf(() => ({ state: usual }));
    expect(result).to.deep.equal({ kind: 'same', trials: 3, rows: 2 });
    expect(row?.throughput?.kind).to.equal('better');
    expect(resultLine(model)).to.equal("Result: the same as the baseline's.");
  });

  it('that differ make a configuration ineligible, with the rows and both values', () => {
    const other = state({ a: 1, b: 3, c: 1 });
    const { row, model } = modelOf((trial) => ({ state: isCandidate(trial) ? other : usual }));
    expect(row?.throughput?.kind).to.equal('ineligible');
    const [caution] = row?.throughput?.cautions ?? [];
    expect(caution).to.deep.include({ kind: 'other-result', trials: 3, of: 3, rows: 3 });
    expect(caution === undefined ? '' : cautionText(caution)).to.equal(
      "its result differs from the baseline's in 3 of 3 trials (query q, 3 rows instead of 2: for example " +
        '{"letter":"b"} is {"count":3}, with the baseline {"count":2}; ' +
        '{"letter":"c"} is {"count":1}, with the baseline not there): ' +
        'a knob that changes what comes out is no tuning',
    );
    expect(resultLine(model)).to.equal("Result: differs from the baseline's.");
  });

  it('that differ in one trial only are a difference, too', () => {
    const other = state({ a: 1, b: 3 });
    const { row } = modelOf((trial) => ({
      state: isCandidate(trial) && trial.block === 2 ? other : usual,
    }));
    expect(row?.throughput?.cautions[0]).to.deep.include({ trials: 1, of: 3 });
  });

  it('are not compared where the trials of the baseline differ from each other', () => {
    const { row, result } = modelOf((trial) => ({
      state: trial.block === 2 ? state({ a: 1, b: 9 }) : usual,
    }));
    expect(result).to.have.nested.property('why.kind', 'unsteady');
    expect(row?.throughput?.kind).to.equal('better');
  });

  it('are not compared where the trials have not read the same, or cannot be read', () => {
    const whyOf = (told: Told, experiment?: string) => {
      const { result, row } = modelOf(told, experiment);
      expect(row?.throughput?.kind).to.equal('better');
      return result?.kind === 'not-compared' ? result.why.kind : result?.kind;
    };
    expect(whyOf(() => undefined)).to.equal('not-recorded');
    expect(whyOf(() => ({ unread: { kind: 'sink' } }))).to.equal('sink');
    const fewer: Told = (trial) => ({ inputRows: isCandidate(trial) ? 39_000 : 40_000 });
    expect(whyOf((trial) => ({ state: usual, ...fewer(trial) }))).to.equal('other-rows');
    const windowed = text.replace('warmup: 1s', 'warmup: 1s, window: 30s');
    expect(whyOf(() => ({ state: usual }), windowed)).to.equal('window');
    const ignored = text.replace('warmup: 1s', 'warmup: 1s, result: ignored');
    const other: Told = (trial) => ({ state: isCandidate(trial) ? state({ a: 2 }) : usual });
    expect(whyOf(other, ignored)).to.equal('ignored');
  });

  it('are asked for by knobs of the job itself', () => {
    const windows = text.replace('spark.a: [1, 2]', "job.window: ['1 hour', '1 day']");
    const { result } = modelOf(
      (trial) => ({ state: isCandidate(trial) ? state({ a: 2 }) : usual }),
      windows,
    );
    expect(result).to.deep.equal({
      kind: 'not-compared',
      why: { kind: 'asked-for', knob: 'job.window' },
    });
  });

  it('name only rows that would be in both samples', () => {
    const many = (from: number): ResultState => {
      const rows = Object.fromEntries(
        Array.from({ length: 200 }, (_, index) => [`k${String(from + index)}`, 1]),
      );
      const sample = state(rows).sample.map((row, index) => ({
        ...row,
        hash: String(from + index).padStart(16, '0'),
      }));
      return { rows: 1_000, digest: String(from), share: 1, sample };
    };
    const { row } = modelOf((trial) => ({ state: isCandidate(trial) ? many(1) : many(0) }));
    const [caution] = row?.throughput?.cautions ?? [];
    if (caution?.kind !== 'other-result') throw new Error('it does not differ');
    expect(caution.examples).to.deep.equal([
      { key: '{"letter":"k0"}', baseline: '{"count":1}', own: null },
    ]);
  });
});
