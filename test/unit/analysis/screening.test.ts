import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { canaryChoice } from '../../../src/analysis/judge/canary-choice.js';
import { judgeRun } from '../../../src/analysis/judge/judge-run.js';
import { screen, screenedOut } from '../../../src/analysis/judge/screening.js';
import { indexTrials } from '../../../src/analysis/trial-index.js';
import { sensitivitySentences } from '../../../src/report/words/sensitivity-text.js';
import type { SessionRecord } from '../../../src/model/session-record.js';
import type { Outcome } from '../../../src/model/trial/outcome.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import type { Trial } from '../../../src/model/trial/plan.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: screened
factors: { spark.a: [1, 2, 3], spark.b: [x, y] }
design: { blocks: 4, confirm: { top: 1, screeningBlocks: 2 } }
measurement: { warmup: 1s }
`;
const grain = (block: number) => 1 + 0.01 * ((block * 7) % 5);

/** Level 3 halves a batch, y takes a fifth off; level 2 looks as fast as 3 with y, but only in the screening. */
function ms({ block, configuration: { levels } }: Trial): number {
  const b = levels['spark.b'] === 'y' ? 0.8 : 1;
  const a = levels['spark.a'] === 3 ? 0.5 : levels['spark.a'] === 2 && block <= 2 ? 0.45 : 1;
  return 1_000 * a * b * grain(block) * (1 + 0.002 * ((block * Number(levels['spark.a'])) % 3));
}

/** The run as its strategy plays it: after the screening, only what was kept. */
function played(blocks: number, made = ms as (trial: Trial) => number | Outcome): RunRecord {
  const screened = runRecord(text, (trial) => (trial.block > 2 ? undefined : made(trial)));
  const stopped = screenedOut(screened);
  return runRecord(text, (trial) =>
    trial.block > blocks || (stopped.get(trial.configuration.id) ?? trial.block) < trial.block
      ? undefined
      : made(trial),
  );
}

const withAuto = ({ experiment }: RunRecord): RunRecord['experiment'] => ({
  ...experiment,
  measurement: { ...experiment.measurement, canary: 'auto' },
});

const idOf = (run: RunRecord, a: number, b: string) =>
  run.plan.configurations.find(
    ({ role, levels }) =>
      role === 'candidate' && levels['spark.a'] === a && levels['spark.b'] === b,
  )?.id;

describe('a screening', () => {
  it('chooses by its own blocks alone', () => {
    const run = played(6);
    const screened = screen(run)!;
    expect(screened.isOver).to.equal(true);
    expect(screened.kept.map(({ id }) => id)).to.deep.equal([idOf(run, 2, 'y')]);
    const later = { ...run, trials: run.trials.filter(({ trial }) => trial.block <= 2) };
    expect(screen(later)).to.deep.equal(screened);
  });

  it('compares no trial that shared a driver with one that did not', () => {
    const whole = played(6);
    const session: SessionRecord = {
      ...{ driver: 1, startedFor: 'first', place: 1, figures: null },
      burnIn: { seconds: 1, trials: 1, isFlat: true, rates: [] },
    };
    // In the second block, all up to its third trial share a driver and look far slower than the others.
    const slow = { ...whole.trials[0]!.measurement!, rowsPerSecond: 1 };
    const trials = whole.trials.map((one, index) => {
      const { length } = whole.trials.filter(({ trial }) => trial.block === 1);
      if (one.trial.block === 1) return { ...one, session };
      if (index < length + 3) return { ...one, session, measurement: slow };
      return index === length + 3 ? { ...one, unfit: ['it has left a table'] } : one;
    });
    const screened = screen({ ...whole, trials })!;
    expect(screened.kept).to.deep.equal(screen(whole)!.kept);
    expect(screened.isOver).to.equal(true);
  });

  it('is no part of the drift where it had a live driver, which is warm', () => {
    const whole = played(6);
    const session: SessionRecord = {
      ...{ driver: 1, startedFor: 'first', place: 1, figures: null, turns: 7 },
      burnIn: { seconds: 1, trials: 1, isFlat: true, rates: [] },
    };
    const trials = whole.trials.map((one) => {
      const { measurement, trial } = one;
      if (trial.block > 2 || measurement?.rowsPerSecond == null) return one;
      return {
        ...{ ...one, session },
        measurement: { ...measurement, rowsPerSecond: 3 * measurement.rowsPerSecond },
      };
    });
    const model = analyseRun({ ...whole, trials });
    expect(model.sensitivity.drift).to.be.within(-0.05, 0.05);
    expect(sensitivitySentences(model).join(' ')).to.match(
      /drifted by .* to the last of those that ran as the last one did/,
    );
    expect(
      canaryChoice(indexTrials({ ...whole, trials, experiment: withAuto(whole) })),
    ).to.deep.equal({ kind: 'unread' });
  });

  it('makes no claim, and says so', () => {
    const { rows, judgedAt, conclusion } = analyseRun({ ...played(1), state: 'running' });
    expect(judgedAt).to.equal(null);
    for (const row of rows.filter(({ configuration }) => configuration.role === 'candidate')) {
      expect(row.throughput?.kind).to.equal('not-judged');
      expect(row.throughput?.cautions[0]).to.deep.equal({ kind: 'screening', block: 6 });
    }
    expect(conclusion.answer.kind).to.equal('too-early');
  });

  it('that is over, but not confirmed, says what it has kept', () => {
    for (const state of ['running', 'out-of-time'] as const) {
      const { conclusion, judgedAt } = analyseRun({ ...played(2), state });
      expect(judgedAt).to.equal(null);
      expect(conclusion.answer).to.include({ kind: 'screened' });
    }
  });

  it('is taken back by the fresh blocks: what was only lucky is not found to be better', () => {
    const run = played(6);
    const { rows, conclusion } = analyseRun(run);
    const row = rows.find(({ configuration }) => configuration.id === idOf(run, 2, 'y'));
    expect(row?.throughput?.estimate?.blocks, 'the screening does not count').to.equal(4);
    expect(row?.throughput?.estimate?.gain, '1 / 0.8 from y alone').to.be.closeTo(0.25, 0.01);
    expect(conclusion.answer.kind).to.equal('better');
  });

  it('leaves the others with an estimate and no verdict', () => {
    const run = played(6);
    const { rows } = analyseRun(run);
    const out = rows.find(({ configuration }) => configuration.id === idOf(run, 3, 'x'));
    expect(out?.throughput?.kind).to.equal('not-judged');
    expect(out?.throughput?.cautions[0]).to.deep.equal({ kind: 'screened-out', blocks: 2 });
    expect(out?.throughput?.estimate).to.include({ blocks: 2, interval: null, pValue: null });
  });

  it('keeps nothing that failed, and nothing at all where all failed', () => {
    const timedOut = { kind: 'timed-out', limitSeconds: 9 } as const;
    const failing = played(2, (trial) =>
      trial.configuration.levels['spark.a'] === 2 ? timedOut : ms(trial),
    );
    expect(screen(failing)?.kept.map(({ id }) => id)).to.deep.equal([idOf(failing, 3, 'y')]);
    const none = played(2, (trial) =>
      trial.configuration.role === 'candidate' ? timedOut : ms(trial),
    );
    expect(screen(none)?.kept).to.deep.equal([]);
    expect(analyseRun(none)).to.include({ endedTrials: 14, plannedTrials: 14 });
  });
});

describe('an ablation', () => {
  it('tells which keys of the best matter', () => {
    const run = played(6);
    const { ablations } = judgeRun(run);
    expect(ablations.map(({ key, judgement }) => [key, judgement.throughput.kind])).to.deep.equal([
      ['spark.a', 'equivalent'],
      ['spark.b', 'better'],
    ]);
  });

  it('is not tested unless the best is better', () => {
    const run = played(6, (trial) => (trial.block > 2 ? 1_000 * grain(trial.block) : ms(trial)));
    const { ablations, configurations } = judgeRun(run);
    expect(configurations.get(idOf(run, 2, 'y') ?? '')?.throughput.kind).to.equal('equivalent');
    expect(ablations.map(({ judgement }) => judgement.throughput.kind)).to.deep.equal([
      'not-judged',
      'not-judged',
    ]);
  });
});
