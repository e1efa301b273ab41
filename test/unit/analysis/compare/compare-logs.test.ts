import { expect } from 'chai';
import { compareLogs } from '../../../../src/analysis/compare/compare-logs.js';
import { analyseQuery } from '../../../../src/analysis/log/analyse-query.js';
import type { ImportedLog } from '../../../../src/model/log/imported-log.js';
import { steadyBatches } from '../../../helpers/progress.js';

interface Told {
  readonly ms: number;
  readonly name?: string | null;
  readonly batches?: number;
  readonly topic?: string;
}

/** A log with a query for each of these. */
function log(...queries: readonly Told[]): ImportedLog {
  return {
    ...{ files: [], leftOut: [] },
    queries: queries.map(({ ms, name = 'counts', batches = 40, topic = 't' }, index) =>
      analyseQuery({
        ...{ runId: `run-${String(index)}`, name, end: null },
        progress: steadyBatches(batches, 1_000, ms).map((one) => ({
          ...one,
          sources: one.sources.map((source) => ({ ...source, description: topic })),
        })),
      }),
    ),
  };
}
const logs = (...ms: readonly number[]) => ms.map((one) => log({ ms: one }));

describe('compareLogs', () => {
  it('decides nothing from one log against one log, however long they are', () => {
    const found = compareLogs(
      { name: 'a', logs: [log({ ms: 500, batches: 400 })] },
      { name: 'b', logs: [log({ ms: 900, batches: 400 })] },
    );
    expect(found.undecided).to.equal('one-log');
    expect(found.rows[0]?.throughput).to.deep.include({
      kind: 'inconclusive',
      cautions: [{ kind: 'one-trial' }],
    });
    expect(found.rows[0]?.throughput.estimate?.interval).to.equal(null);
    expect(found.rows[0]?.throughput.estimate?.gain).to.be.closeTo(500 / 900 - 1, 1e-9);
  });

  it('takes each log for a trial', () => {
    const found = compareLogs(
      { name: 'before', logs: logs(500, 510, 495, 505) },
      { name: 'after', logs: logs(600, 590, 610) },
    );
    expect(found.undecided).to.equal(null);
    expect(found.rows[0]?.throughput.kind).to.equal('worse');
    expect([found.rows[0]?.before.trials, found.rows[0]?.after.trials]).to.deep.equal([4, 3]);
    expect(found.before.logs).to.equal(4);
  });

  it('matches queries by name, and names those that only one side has', () => {
    const pair = (one: string, other: string) =>
      log({ ms: 500, name: one }, { ms: 700, name: other });
    const found = compareLogs(
      { name: 'before', logs: [pair('counts', 'joins'), pair('counts', 'joins')] },
      { name: 'after', logs: [pair('counts', 'alerts'), pair('counts', 'alerts')] },
    );
    expect(found.rows.map(({ subject }) => subject)).to.deep.equal([
      { kind: 'query', name: 'counts' },
    ]);
    expect(found.onlyBefore).to.deep.equal([{ kind: 'query', name: 'joins' }]);
    expect(found.onlyAfter).to.deep.equal([{ kind: 'query', name: 'alerts' }]);
  });

  it('needs no name where each log has one query', () => {
    const nameless = [log({ ms: 500, name: null }), log({ ms: 510, name: null })];
    const found = compareLogs({ name: 'a', logs: nameless }, { name: 'b', logs: logs(500, 505) });
    expect(found.rows).to.have.length(1);
  });

  it('takes of a query that was started again the start with most batches', () => {
    const restarted = log({ ms: 900, batches: 15 }, { ms: 500, batches: 40 });
    const found = compareLogs({ name: 'a', logs: [restarted] }, { name: 'b', logs: logs(500) });
    expect(found.rows[0]?.before.rowsPerSecond?.median).to.be.closeTo(2_000, 1);
  });

  it('says which queries read something else', () => {
    const found = compareLogs(
      { name: 'a', logs: [log({ ms: 500, topic: 'calls' })] },
      { name: 'b', logs: [log({ ms: 500, topic: 'test' })] },
    );
    expect(found.differences).to.deep.equal([
      { what: 'data', key: 'counts', before: 'calls', after: 'test', changesMeaning: true },
    ]);
  });
});
