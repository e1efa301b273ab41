import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import { conclusionSentences } from '../../../src/report/words/conclusion-text.js';
import { toPlainText } from '../../../src/report/words/sentence.js';
import { runRecord, type MadeUp } from '../../helpers/run-record.js';

const experiment = `version: 1
name: made-up
factors: { spark.sql.shuffle.partitions: [200, 10, 4] }
design: { blocks: 3 }
measurement: { warmup: 1s }
`;

/** Milliseconds per batch, with some noise from block to block. */
const takes =
  (ms: Readonly<Record<string, number>>): MadeUp =>
  ({ block, configuration: { id } }) =>
    (ms[id] ?? 1_000) * (1 + 0.01 * ((block * (id.length + id.charCodeAt(1))) % 3));

function said(run: RunRecord): string {
  return conclusionSentences(analyseRun(run)).map(toPlainText).join(' ');
}

describe('the conclusion', () => {
  it('names the best configuration with its factor and interval, and how many others are better', () => {
    expect(said(runRecord(experiment, takes({ c1: 600, c2: 300 })))).to.match(
      /^`spark\.sql\.shuffle\.partitions=4`: 3\.\d times the baseline's rows per second \(9\d\.?\d* % interval \d\.\d to \d\.\d\)\. It is the best of 2 configurations that are better than the baseline\.$/,
    );
  });

  it('gives a small gain in per cent, and does not choose between two that overlap', () => {
    const text = said(runRecord(experiment, takes({ c1: 850, c2: 851 })));
    expect(text).to.match(/: 1\d % more rows per second than the baseline \(9\d\.?\d* % interval /);
    expect(text).to.contain('cannot tell which of them is the best');
  });

  it('says where nothing is better what else there is, and what could have been told', () => {
    const text = said(runRecord(experiment, takes({ c1: 1_500, c2: 1_010 })));
    expect(text).to.match(
      /^No configuration was found to be better than the baseline \(1 worse, 1 \w+/,
    );
    const noisy = said(
      runRecord(experiment, ({ block, configuration: { id } }) =>
        id.startsWith('c') ? [800, 1_200, 1_000][(block + id.charCodeAt(1)) % 3] : 1_000 + block,
      ),
    );
    expect(noisy).to.match(
      /\(2 inconclusive\)\. A change of \d+ % or more in an inconclusive one would have been found with 80 % power\.$/,
    );
  });

  it('claims nothing without two blocks, or without anything to compare', () => {
    const one = runRecord(experiment, (trial) =>
      trial.block === 1 ? takes({ c1: 300 })(trial) : undefined,
    );
    expect(said(one)).to.match(/^So far, after 4 of 12 trials: Nothing can be said yet/);
    expect(said(runRecord(experiment, () => undefined))).to.contain('Nothing can be said yet');
    expect(said(runRecord('version: 1\nname: alone\n', () => 500))).to.contain(
      'nothing to compare the baseline with',
    );
  });

  it('says that it was simulated, and that a control failed', () => {
    const run = runRecord(experiment, takes({ c1: 300, c2: 310, aa: 700 }));
    const text = said({ ...run, manifest: { ...run.manifest, simulation: 'world.yaml' } });
    expect(text).to.match(
      /^The A\/A control failed, so do not trust this run: Simulated: `spark\.sql\.shuffle\.partitions=10`: /,
    );
  });

  it('claims nothing of a run that has not ended', () => {
    const run = runRecord(experiment, (trial) =>
      trial.block < 3 || trial.configuration.id !== 'c2'
        ? takes({ c1: 300, c2: 310 })(trial)
        : undefined,
    );
    expect(said(run)).to.match(
      /^So far, after 11 of 12 trials: Nothing can be said yet about any configuration: they are judged after block 3, and until/,
    );
  });

  it('names the price, where throughput is bought with longer batches', () => {
    const run = runRecord(experiment, takes({ c1: 300 }));
    const model = analyseRun(run);
    const { answer } = model.conclusion;
    if (answer.kind !== 'better') throw new Error(answer.kind);
    const dear = { ...answer, best: { ...answer.best, latency: 'worse' } } as const;
    const text = conclusionSentences({
      ...model,
      conclusion: { ...model.conclusion, answer: dear },
    })
      .map(toPlainText)
      .join(' ');
    expect(text).to.contain("The price: its median batch takes longer than the baseline's.");
  });
});
