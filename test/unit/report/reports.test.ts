import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { forecast } from '../../../src/design/forecast.js';
import { renderAnswers } from '../../../src/report/markdown/answers.js';
import { renderMarkdown } from '../../../src/report/markdown/markdown-report.js';
import { renderPlan } from '../../../src/report/plan-table.js';
import { renderSummary } from '../../../src/report/summary-json.js';
import { renderTerminal } from '../../../src/report/terminal-table.js';
import { renderTrialsCsv } from '../../../src/report/trials-csv.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import type { ReportModel } from '../../../src/model/run/report-model.js';
import { markInert } from '../../../src/knobs/mark-inert.js';
import { steadyBatches } from '../../helpers/progress.js';
import { expectGolden } from '../../helpers/golden.js';
import { judgedTrial, runRecord, type MadeUp } from '../../helpers/run-record.js';

const experiment = `version: 1
name: made-up
description: Which of these matter?
knobs: { spark.master: "local[2]", topic.partitions: 4 }
factors:
  spark.sql.shuffle.partitions: [200, 10]
  spark.serializer: [null, "org.apache.spark.serializer.KryoSerializer"]
  source.maxOffsetsPerTrigger: [1000, "a | b, \\"c\\""]
design: { kind: one-at-a-time, blocks: 3, seed: 5 }
measurement: { warmup: 1s }
`;

/** c1 is much faster, c2 is noise around the baseline, c3 fails. */
const madeUp: MadeUp = ({ block, configuration }) => {
  const ms = {
    baseline: [1_000, 1_100, 1_050],
    aa: [1_020, 1_080, 1_060],
    c1: [200, 210, 215],
    c2: [1_040, 1_060, 1_070],
  };
  if (configuration.id === 'c3') {
    return {
      kind: 'failed',
      failureClass: 'invalid-value',
      cause: { kind: 'message', text: 'java.lang.NumberFormatException: a | b' },
      stderrTail: ['first line', '```', '=cmd'],
    };
  }
  return ms[configuration.id as keyof typeof ms][block - 1];
};

describe('the reports', () => {
  const run = runRecord(experiment, madeUp);
  const model = analyseRun(run);

  const golden: readonly (readonly [string, () => string])[] = [
    ['report.md', () => renderMarkdown(model)],
    ['answers.md', () => renderAnswers(model)],
    ['trials.csv', () => renderTrialsCsv(model)],
    ['summary.json', () => renderSummary(model)],
    ['table.txt', () => renderTerminal(model, 120)],
    [
      'plan.txt',
      () =>
        renderPlan(
          {
            ...run,
            forecast: forecast(run.plan, run.experiment),
            data: { records: 100_000, how: 'declared' },
          },
          120,
        ),
    ],
  ];
  for (const [name, render] of golden) {
    it(`are what they were: ${name}`, () => {
      expectGolden(name, render());
    });
  }

  it('fit a terminal of 120 characters', () => {
    const widest = Math.max(
      ...renderTerminal(model, 120)
        .split('\n')
        .map((line) => line.length),
    );
    expect(widest).to.be.lessThan(121);
  });

  const runs: readonly (readonly [string, MadeUp, RegExp])[] = [
    ['that has not begun', () => undefined, /0 of 15 trials have ended/],
    [
      'in which every trial failed',
      () => ({ kind: 'timed-out', limitSeconds: 9 }),
      /did not finish within 9 s/,
    ],
    [
      'whose baseline failed',
      ({ configuration }) => (configuration.id.startsWith('c') ? 300 : { kind: 'canceled' }),
      /interrupted/,
    ],
    [
      'that broke off in its first block',
      (trial) => (trial.block === 1 ? 500 : undefined),
      /5 of 15 trials have ended/,
    ],
    ['without any noise', () => 500, /All 15 trials have ended/],
  ];
  for (const [what, made, said] of runs) {
    it(`say what there is to say of a run ${what}, and never NaN`, () => {
      const other = analyseRun(runRecord(experiment, made));
      const texts = [
        renderMarkdown,
        renderAnswers,
        renderTrialsCsv,
        renderSummary,
        (given: ReportModel) => renderTerminal(given, 80),
      ].map((render) => render(other));
      for (const text of texts) expect(text).not.to.match(/NaN|undefined|Infinity/);
      expect(texts.join('\n')).to.match(said);
      if (what !== 'without any noise') expect(texts[1]).to.match(/cannot tell/);
    });
  }

  it('say of a metric that is missing in every batch that there is no throughput', () => {
    const run = runRecord(experiment, () => 500);
    const { measurement } = run.experiment;
    const events = steadyBatches(40, 1_000, 500).map(
      (batch) =>
        ({
          kind: 'progress',
          at: 0,
          progress: { ...batch, durationMs: { addBatch: 400 } },
        }) as const,
    );
    const blind = analyseRun({
      ...run,
      trials: run.trials.map(({ trial }) => judgedTrial(trial, events, measurement)),
    });
    const text = renderMarkdown(blind) + renderAnswers(blind) + renderTerminal(blind, 80);
    expect(text).to.contain('no batch reports how long it took');
    expect(text).not.to.match(/NaN|undefined|Infinity/);
    expect(blind.rows.map(({ rowsPerSecond }) => rowsPerSecond)).to.deep.equal(
      blind.rows.map(() => null),
    );
  });

  it('answer that nothing was measured where no value has a trial that counts, and nothing more', () => {
    const few = { kind: 'few-batches', counted: 2, wanted: 10 } as const;
    const outcome = { kind: 'invalid', cause: few, insufficient: true } as const;
    const none = renderAnswers(
      analyseRun(
        runRecord(experiment, (trial) =>
          trial.configuration.role === 'candidate' ? outcome : 500,
        ),
      ),
    );
    expect(none).to.contain('This run cannot tell: nothing was measured.');
    expect(none).to.contain('to `10` instead of `200`: **not measured**, ');
    expect(none).not.to.contain('as good a choice as any');
    const one = renderAnswers(
      analyseRun(
        runRecord(experiment, (trial) => (trial.configuration.id === 'c3' ? outcome : 500)),
      ),
    );
    expect(one).to.contain('No value that could be compared is better than the baseline by more');
    expect(one).not.to.contain('as good a choice as any');
    expect(one).to.contain('Not measured: `source.maxOffsetsPerTrigger = a | b, "c"`.');
  });

  it('say of an inert configuration why it was not run', () => {
    const text = `version: 1
name: inert
factors: { spark.streaming.kafka.maxRatePerPartition: [null, 5] }
design: { blocks: 3 }
measurement: { warmup: 1s }
`;
    const run = runRecord(text, () => 500);
    const plan = planExperiment(run.experiment, (all) =>
      markInert(all, { sparkVersion: '4.0.0', stateful: true }),
    );
    const inert = analyseRun({
      ...run,
      plan,
      trials: run.trials.filter(({ trial }) => trial.configuration.id !== 'c1'),
    });
    const [report, answers] = [renderMarkdown(inert), renderAnswers(inert)];
    expect(report).to.contain('**inert**').and.to.contain('Structured Streaming never reads it');
    expect(answers).to.contain('inert').and.to.contain('never reads it');
    expect(renderTerminal(inert, 80)).to.contain('inert');
  });

  it('say of one configuration only that there is nothing to compare', () => {
    const alone = analyseRun(runRecord('version: 1\nname: alone\n', () => 500));
    expect(renderMarkdown(alone)).to.contain(
      'the only configuration, so there is nothing to compare',
    );
    expect(renderAnswers(alone)).to.contain('This run has only one configuration');
  });
});
