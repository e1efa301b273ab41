import { expect } from 'chai';
import { nextComparison } from '../../../../src/analysis/compare/next-comparison.js';
import type { ResultComparison } from '../../../../src/model/compare/result-comparison.js';
import type { Verdict } from '../../../../src/model/run/comparison.js';
import { compareNext } from '../../../../src/report/compare/compare-next.js';

type Kind = Verdict['kind'];

function next(kinds: readonly Kind[], more: Partial<ResultComparison> = {}, missed = 0.1) {
  const rows = kinds.map((kind) => ({
    throughput: { kind, estimate: { minimumDetectable: missed } },
  }));
  const comparison = { undecided: null, how: 'unpaired', figure: 'throughput', delta: 0.05, rows };
  const whole = { ...comparison, ...more } as unknown as ResultComparison;
  return compareNext({ ...whole, next: nextComparison(whole) });
}

describe('what to do after a comparison', () => {
  it('is what keeps it from an answer first', () => {
    expect(next(['better'], { undecided: 'unfinished' })).to.contain('finish the run');
    expect(next(['better'], { undecided: 'one-log' })).to.contain('three or more runs');
    expect(next(['ineligible', 'worse'])).to.contain('why the ineligible one');
  });

  it('tells what changed from the machine, or confirms a pair of one run', () => {
    expect(next(['inconclusive', 'worse'])).to.contain('run the first side again now');
    expect(next(['better'], { how: 'paired' })).to.contain('a run of these two alone');
  });

  it('says how many trials would do, where that is a number to run', () => {
    expect(next(['equivalent', 'inconclusive'])).to.match(/about 4 times as many .* of 5\.0 %/);
    expect(next(['inconclusive'], {}, 0.5)).to.contain('more than 20 times');
    expect(next(['equivalent'])).to.contain('take either');
  });
});
