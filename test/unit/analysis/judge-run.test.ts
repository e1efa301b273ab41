import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { judgeRun } from '../../../src/analysis/judge/judge-run.js';
import type { MadeUp } from '../../helpers/run-record.js';
import { runRecord } from '../../helpers/run-record.js';
import type { Outcome } from '../../../src/model/trial/outcome.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';

const text = `version: 1
name: looks
factors: { spark.a: [1, 2, 3] }
stopping: { looks: [4, 8, 12] }
measurement: { warmup: 1s }
`;
/** Level 2 is twice as fast, level 3 like the baseline but noisy; nothing is random. */
const ms = (block: number, level: unknown) =>
  (level === 2 ? 500 * (1 + 0.02 * (block % 2)) : 1_000) *
  (1 + 0.01 * ((block * 7) % 5)) *
  (level === 3 && block % 2 === 0 ? 1.4 : 1);
const upTo =
  (blocks: number): MadeUp =>
  ({ block, configuration: { levels } }) =>
    block > blocks ? undefined : ms(block, levels['spark.a']);

describe('looks', () => {
  it('decide nothing before the first', () => {
    const run = runRecord(text, upTo(3));
    expect(judgeRun(run).judgedAt).to.equal(null);
    const row = analyseRun(run).rows.find(({ configuration }) => configuration.id === 'c1');
    for (const verdict of [row?.throughput, row?.latency]) {
      expect(verdict?.kind).to.equal('not-judged');
      expect(verdict?.cautions[0]).to.deep.equal({ kind: 'before-look', block: 4 });
      expect(verdict?.estimate).to.include({ interval: null, pValue: null });
    }
    expect(row?.throughput?.estimate?.gain).to.be.greaterThan(0.9);
  });

  it('end what is decided, and never what is not', () => {
    const run = runRecord(text, upTo(4));
    const { judgedAt, stopped } = judgeRun(run);
    expect(judgedAt).to.equal(4);
    expect([...stopped]).to.deep.equal([['c1', 4]]);
    const model = analyseRun(run);
    expect(model.skippedTrials, 'those of c1 in blocks 5 to 12').to.equal(8);
    expect(model.plannedTrials).to.equal(12 * 4 - 8);
  });

  it('end the run when all is decided', () => {
    const clear = text.replace('[1, 2, 3]', '[1, 2]');
    const model = analyseRun(runRecord(clear, upTo(4)));
    expect(model.plannedTrials).to.equal(4 * 3);
    expect(model.endedTrials).to.equal(model.plannedTrials);
  });

  it('keep the verdict of the look that decided, whatever comes after', () => {
    const spared: MadeUp = (trial) =>
      trial.block > 4 && trial.configuration.id === 'c1' ? undefined : upTo(12)(trial);
    const atFour = analyseRun(runRecord(text, upTo(4)));
    const atTwelve = analyseRun(runRecord(text, spared));
    const verdictOf = (model: typeof atFour) =>
      model.rows.find(({ configuration }) => configuration.id === 'c1')?.throughput;
    expect(verdictOf(atTwelve)).to.deep.equal(verdictOf(atFour));
    expect(atTwelve.endedTrials).to.equal(atTwelve.plannedTrials);
  });

  it('ask for more than a single one does', () => {
    const single = text.replace('stopping: { looks: [4, 8, 12] }', 'design: { blocks: 4 }');
    const width = (experiment: string) => {
      const row = analyseRun(runRecord(experiment, upTo(4))).rows.find(
        (one) => one.configuration.id === 'c1',
      );
      const interval = row?.throughput?.estimate?.interval;
      return interval!.high - interval!.low;
    };
    expect(width(text)).to.be.greaterThan(1.2 * width(single));
  });
});

describe('a look', () => {
  it('is not changed by what happens after it', () => {
    const later: MadeUp = (trial) =>
      trial.block > 4 && trial.configuration.id === 'c2'
        ? { kind: 'timed-out', limitSeconds: 9 }
        : trial.block > 4 && trial.configuration.id === 'c1'
          ? undefined
          : upTo(12)(trial);
    const at = (made: MadeUp) => judgeRun(runRecord(text, made));
    expect(at(later).stopped.get('c2'), 'it failed each time afterwards').to.equal(8);
    expect(at(later).configurations.get('c1')).to.deep.equal(at(upTo(4)).configurations.get('c1'));
  });
});

describe('a run with a fixed number of blocks', () => {
  const fixed = text.replace('stopping: { looks: [4, 8, 12] }', 'design: { blocks: 6 }');
  const rowOf = (blocks: number, state: RunRecord['state']) =>
    analyseRun({ ...runRecord(fixed, upTo(blocks)), state }).rows.find(
      (one) => one.configuration.id === 'c1',
    );

  it('has estimates and no verdicts before its last block, whoever reads it', () => {
    for (const state of ['running', 'interrupted', 'crashed'] as const) {
      const { throughput, latency } = rowOf(5, state)!;
      expect([throughput?.kind, latency?.kind], state).to.deep.equal(['not-judged', 'not-judged']);
      expect(throughput?.cautions[0]).to.deep.equal({ kind: 'before-look', block: 6 });
    }
    expect(rowOf(6, 'interrupted')?.throughput?.kind, 'all blocks ended').to.equal('better');
  });

  it('has no verdict where its very last trial was canceled, which is to run again', () => {
    const canceled: MadeUp = (trial) =>
      trial.id.startsWith('b6-t4') ? { kind: 'canceled' } : upTo(6)(trial);
    const model = analyseRun({ ...runRecord(fixed, canceled), state: 'interrupted' });
    expect(model.endedTrials).to.equal(model.plannedTrials - 1);
    const verdicts = model.effects.map(({ throughput }) => throughput.kind);
    expect(new Set(verdicts)).to.deep.equal(new Set(['not-judged']));
  });

  it('is judged by the blocks there are where its budget ended it', () => {
    const { throughput, latency } = rowOf(5, 'out-of-time')!;
    expect([throughput?.kind, latency?.kind]).to.deep.equal(['better', 'better']);
    expect(throughput?.estimate?.blocks).to.equal(5);
  });

  it('lets its A/A control pass or fail, and never be better or worse', () => {
    const shifted: MadeUp = (trial) =>
      trial.configuration.role === 'baseline-repeat' ? 900 + trial.block : upTo(6)(trial);
    const control = (made: MadeUp) => analyseRun(runRecord(fixed, made)).sensitivity.control;
    expect(control(upTo(6))?.result).to.equal('passed');
    expect(control(shifted)?.result).to.equal('failed');
    expect(control(upTo(5))?.result).to.equal('not-judged');
    const row = analyseRun(runRecord(fixed, shifted)).rows.find(
      ({ configuration }) => configuration.role === 'baseline-repeat',
    );
    expect([row?.throughput, row?.latency]).to.deep.equal([null, null]);
  });
});

describe('trials that are lost because of how they ran', () => {
  const fixed = text.replace('stopping: { looks: [4, 8, 12] }', 'design: { blocks: 8 }');
  const short = {
    kind: 'invalid',
    insufficient: true,
    cause: { kind: 'few-batches', counted: 3, wanted: 10 },
  } as const;
  const broken = {
    kind: 'failed',
    failureClass: 'task-failure',
    cause: { kind: 'message', text: 'x' },
    stderrTail: [],
  } as const;
  const losing =
    (configuration: string, blocks: number, outcome: Outcome): MadeUp =>
    (trial) =>
      trial.configuration.id === configuration && trial.block <= blocks ? outcome : upTo(8)(trial);
  const c1 = (made: MadeUp) => judgeRun(runRecord(fixed, made)).configurations.get('c1');

  it('make a verdict inconclusive where there is more than one, and the report says so', () => {
    expect(c1(losing('c1', 1, short))?.throughput.kind).to.equal('better');
    const lost = c1(losing('c1', 2, short))?.throughput;
    expect(lost?.kind).to.equal('inconclusive');
    expect(lost?.estimate?.interval).to.equal(null);
    expect(lost?.cautions[0]).to.deep.equal({ kind: 'lost-trials', side: 'candidate', trials: 2 });
  });

  it('do so on the side of the baseline as well', () => {
    const lost = c1(losing('baseline', 3, short))?.throughput;
    expect(lost?.cautions[0]).to.deep.equal({ kind: 'lost-trials', side: 'baseline', trials: 3 });
    expect(c1(losing('baseline', 2, short))?.throughput.kind).to.equal('better');
  });

  it('make a configuration ineligible where it fails more often than the baseline does', () => {
    expect(c1(losing('c1', 2, broken))?.throughput.kind).to.equal('inconclusive');
    expect(c1(losing('c1', 5, broken))?.throughput).to.deep.include({
      kind: 'ineligible',
      cautions: [{ kind: 'failed-blocks', blocks: 5, of: 8 }],
    });
    const everywhere: MadeUp = (trial) =>
      trial.block <= 5 && trial.configuration.id !== 'c2' ? broken : upTo(8)(trial);
    expect(c1(everywhere)?.throughput.kind, 'so does the baseline').to.equal('inconclusive');
  });

  it('make it ineligible where it fails each time, in two blocks already', () => {
    const two = fixed.replace('blocks: 8', 'blocks: 2');
    const made = losing('c1', 2, broken);
    const found = judgeRun(runRecord(two, made)).configurations.get('c1');
    expect(found?.throughput.cautions).to.deep.equal([{ kind: 'failed-blocks', blocks: 2, of: 2 }]);
  });
});
