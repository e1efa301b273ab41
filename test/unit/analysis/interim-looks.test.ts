import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { interimLooksOf } from '../../../src/analysis/interim-looks.js';
import type { MadeUp } from '../../helpers/run-record.js';
import { runRecord } from '../../helpers/run-record.js';

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
    expect(interimLooksOf(run)).to.deep.include({ reached: [] });
    const row = analyseRun(run).rows.find(({ configuration }) => configuration.id === 'c1');
    expect(row?.throughput?.kind).to.equal('inconclusive');
    expect(row?.throughput?.cautions[0]).to.deep.equal({ kind: 'before-look' });
    expect(row?.throughput?.estimate?.gain).to.be.greaterThan(0.9);
  });

  it('end what is decided, and never what is not', () => {
    const run = runRecord(text, upTo(4));
    const { reached, decided } = interimLooksOf(run);
    expect(reached).to.deep.equal([4]);
    expect([...decided]).to.deep.equal([['c1', 4]]);
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

describe('a run that is not complete', () => {
  it('says so beside each claim', () => {
    const fixed = text.replace('stopping: { looks: [4, 8, 12] }', 'design: { blocks: 6 }');
    const row = (blocks: number) =>
      analyseRun(runRecord(fixed, upTo(blocks))).rows.find((one) => one.configuration.id === 'c1');
    expect(row(5)?.throughput?.cautions).to.deep.include({ kind: 'unfinished' });
    expect(row(6)?.throughput?.cautions).not.to.deep.include({ kind: 'unfinished' });
  });
});
