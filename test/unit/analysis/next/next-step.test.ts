import { expect } from 'chai';
import { analyseRun } from '../../../../src/analysis/analyse-run.js';
import type { RunRecord } from '../../../../src/model/run/run-record.js';
import { nextSentence } from '../../../../src/report/words/next-text.js';
import { blocksToDetect } from '../../../../src/stats/power.js';
import { detectableWith } from '../../../../src/stats/paired-estimate.js';
import { runRecord, type MadeUp } from '../../../helpers/run-record.js';

const experiment = (levels: string, blocks = 6) => `version: 1
name: made-up
factors: { spark.sql.shuffle.partitions: ${levels} }
design: { blocks: ${String(blocks)}, seed: 5 }
measurement: { warmup: 1s }
`;
const wobble = [0, 12, -9, 5, -3, 8];
const speeds =
  (ms: Readonly<Record<string, number>>, noise = 1): MadeUp =>
  ({ block, configuration: { id } }) =>
    (ms[id] ?? 1_000) + noise * (wobble[(block + id.charCodeAt(0)) % 6] ?? 0);
const next = (run: RunRecord) => analyseRun(run).next;

describe('what to do next', () => {
  it('is to go on in the direction of the best level, if it is the last that was tried', () => {
    const lower = next(runRecord(experiment('[200, 20, 10]'), speeds({ c1: 600, c2: 500 })));
    expect(lower).to.deep.equal({
      ...{ kind: 'go-on', key: 'spark.sql.shuffle.partitions', level: 10, end: 'lowest' },
    });
    expect(nextSentence(lower!)).to.equal(
      'Next: try lower levels of spark.sql.shuffle.partitions, since 10, the best, is the lowest that was tried.',
    );
    const higher = next(runRecord(experiment('[10, 20]'), speeds({ c1: 500 })));
    expect(higher).to.include({ kind: 'go-on', end: 'highest', level: 20 });
  });

  it('is to confirm the best of several, which looks better than it is', () => {
    const run = runRecord(experiment('[200, 10, 20, 30]'), speeds({ c1: 900, c2: 500, c3: 600 }));
    expect(next(run)).to.deep.equal({ kind: 'confirm' });
  });

  it('is another knob where the best lies within what was tried', () => {
    const run = runRecord(
      experiment('[200, 10, 20, 2]'),
      speeds({ c1: 1_000, c2: 500, c3: 1_000 }),
    );
    expect(next(run)).to.deep.include({ kind: 'try-knob', key: 'source.maxOffsetsPerTrigger' });
  });

  it('is as many blocks as detect what matters, at the noise that was seen', () => {
    const noisy = runRecord(experiment('[200, 10]', 3), speeds({ c1: 1_000 }, 8));
    const found = next(noisy);
    expect(found).to.deep.include({ kind: 'more-blocks', change: 0.05 });
    const { sd } = analyseRun(noisy).sensitivity;
    const { blocks } = found as { blocks: number };
    expect(blocks).to.be.greaterThan(3);
    expect(detectableWith(sd!, blocks, 0.05)).to.be.lessThan(0.052);
    expect(nextSentence(found!)).to.contain(`--blocks ${String(blocks)}, which`);
  });

  it('is less noise where no night has enough blocks', () => {
    const found = next(runRecord(experiment('[200, 10]', 3), speeds({ c1: 1_000 }, 70)));
    expect(found).to.deep.include({ kind: 'less-noise', readsCanary: false });
    expect(nextSentence(found!)).to.match(/measurement\.window.*would take about \d+ blocks/);
  });

  it('is to go on with a run that is not finished, and nothing while it runs', () => {
    const run = runRecord(experiment('[200, 10]'), speeds({ c1: 500 }));
    const part = { ...run, trials: run.trials.slice(0, 7) };
    expect(next({ ...part, state: 'interrupted' })).to.deep.equal({ kind: 'resume' });
    expect(next({ ...part, state: 'running' })).to.equal(null);
    expect(next({ ...part, state: 'baseline-failed' })).to.deep.equal({ kind: 'mend' });
  });

  it('is a calm machine where the baseline differs from itself', () => {
    const run = runRecord(experiment('[200, 10]'), speeds({ c1: 500, aa: 1_200 }));
    expect(next(run)).to.deep.equal({ kind: 'calm-machine' });
  });

  it('is to mend what keeps trials from counting', () => {
    const run = runRecord(experiment('[200, 10]'), () => ({ kind: 'timed-out', limitSeconds: 60 }));
    expect(next(run)).to.deep.equal({ kind: 'mend' });
  });
});

describe('blocksToDetect', () => {
  it('is what the exact power of the t test asks, within a block', () => {
    for (const [sd, change, alpha] of [
      [0.03, 0.05, 0.05],
      [0.05, 0.05, 0.025],
      [0.1, 0.1, 0.05],
    ] as const) {
      const blocks = blocksToDetect(change, { sd, alpha });
      expect(detectableWith(sd, blocks + 1, alpha)).to.be.at.most(change);
      expect(detectableWith(sd, blocks - 2, alpha)).to.be.greaterThan(change);
    }
  });
});
