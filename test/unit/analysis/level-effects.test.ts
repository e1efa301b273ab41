import { expect } from 'chai';
import { judgeRun } from '../../../src/analysis/judge/judge-run.js';
import { levelEffects } from '../../../src/analysis/level-effects.js';
import { indexTrials } from '../../../src/analysis/trial-index.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import { runRecord } from '../../helpers/run-record.js';

const grid = `version: 1
name: grid
factors:
  spark.a: [1, 2]
  spark.b: [1, 2]
design: { kind: grid, blocks: 3 }
measurement: { warmup: 1s }
`;

function effectsOf(run: RunRecord) {
  const table = indexTrials(run);
  return levelEffects({ ranking: table, judging: table }, judgeRun(run));
}

describe('levelEffects', () => {
  it('finds the planted effect of each level of a grid, all else being equal', () => {
    const run = runRecord(grid, ({ block, configuration: { levels } }) => {
      const noise = 1 + 0.01 * block;
      return (
        1_000 * noise * (levels['spark.a'] === 2 ? 0.5 : 1) * (levels['spark.b'] === 2 ? 1.25 : 1)
      );
    });
    const effects = effectsOf(run);
    expect(effects.map(({ key, level }) => `${key}=${String(level)}`)).to.deep.equal([
      'spark.a=2',
      'spark.b=2',
    ]);
    expect(effects[0]?.throughput.estimate?.gain).to.be.closeTo(1, 1e-9);
    expect(effects[1]?.throughput.estimate?.gain).to.be.closeTo(-0.2, 1e-9);
    expect(effects[0]?.trialIds).to.have.length(6);
    expect(effects[0]?.baselineTrialIds, 'with those of the A/A control').to.have.length(9);
    expect(effects[0]?.failedTrialIds).to.deep.equal([]);
  });

  it('leaves a block out in which one side did not succeed, and names the failed trials', () => {
    const run = runRecord(grid, ({ block, configuration: { levels } }) =>
      levels['spark.a'] === 2 && block === 1 ? { kind: 'timed-out', limitSeconds: 9 } : 1_000,
    );
    const [a, b] = effectsOf(run);
    expect(a?.throughput.estimate?.blocks).to.equal(2);
    expect(a?.failedTrialIds).to.have.length(2);
    expect(b?.throughput.estimate?.blocks).to.equal(3);
  });

  it('keeps a configuration that dropped data out of the effect of its level', () => {
    const run = runRecord(grid, ({ block, configuration: { levels } }) => {
      const both = levels['spark.a'] === 2 && levels['spark.b'] === 2;
      return (both ? 500 : 1_000) * (1 + 0.01 * block + (levels['spark.a'] === 2 ? 0.01 : 0));
    });
    const dropping = run.trials.map((one) => {
      const { 'spark.a': a, 'spark.b': b } = one.trial.configuration.levels;
      if (a !== 2 || b !== 2 || one.measurement === null) return one;
      return { ...one, measurement: { ...one.measurement, droppedByWatermark: 1_000 } };
    });
    const [honest] = effectsOf(run);
    const [a, b] = effectsOf({ ...run, trials: dropping });
    expect(honest?.throughput.estimate?.gain).to.be.greaterThan(0.3);
    for (const effect of [a, b]) {
      expect(Math.abs(effect?.throughput.estimate?.gain ?? 1)).to.be.lessThan(0.02);
      expect(effect?.throughput.kind).not.to.equal('better');
    }
  });

  it('is the verdict of the configuration with one change at a time', () => {
    const run = runRecord(
      grid.replace('kind: grid', 'kind: one-at-a-time'),
      ({ block, configuration: { levels } }) =>
        levels['spark.a'] === 2 ? 500 + block : 1_000 - block,
    );
    const { configurations } = judgeRun(run);
    const effects = effectsOf(run);
    expect(effects).to.have.length(2);
    for (const [index, effect] of effects.entries()) {
      expect(effect.throughput).to.deep.equal(
        configurations.get(`c${String(index + 1)}`)?.throughput,
      );
    }
  });
});
