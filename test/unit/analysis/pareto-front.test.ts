import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { paretoFront } from '../../../src/analysis/pareto-front.js';
import type { VerdictKind } from '../../../src/model/run/comparison.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: front
factors: { spark.a: [1, 2, 3] }
design: { blocks: 3 }
measurement: { warmup: 1s }
`;
const { rows } = analyseRun(runRecord(text, ({ block }) => 1_000 + block));

/** The front where the verdicts on c1 and c2 are these: throughput, then latency. */
function frontOf(verdicts: Readonly<Record<string, readonly [VerdictKind, VerdictKind]>>) {
  const judged = rows.map((row) => {
    const [one, other] = verdicts[row.configuration.id] ?? [];
    if (row.throughput === null || row.latency === null) return row;
    return {
      ...row,
      throughput: { ...row.throughput, kind: one ?? 'inconclusive' },
      latency: { ...row.latency, kind: other ?? 'not-judged' },
    };
  });
  return paretoFront(judged).map(({ configuration }) => configuration.id);
}

describe('paretoFront', () => {
  it('is empty where nothing was judged to differ, whatever the medians are', () => {
    expect(frontOf({})).to.deep.equal([]);
    expect(frontOf({ c1: ['equivalent', 'not-judged'] })).to.deep.equal([]);
  });

  it('leaves the baseline out only where something is better in both', () => {
    expect(frontOf({ c1: ['better', 'better'] })).to.deep.equal(['c1']);
    expect(frontOf({ c1: ['better', 'worse'] })).to.have.members(['baseline', 'c1']);
    expect(frontOf({ c1: ['better', 'equivalent'] })).to.have.members(['baseline', 'c1']);
  });

  it('leaves out what is worse and not better in anything, and compares candidates with the baseline only', () => {
    expect(frontOf({ c1: ['worse', 'worse'], c2: ['better', 'better'] })).to.deep.equal(['c2']);
    expect(frontOf({ c1: ['better', 'worse'], c2: ['better', 'better'] })).to.have.members([
      'c1',
      'c2',
    ]);
  });
});
