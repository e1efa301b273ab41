import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { budgetOf } from '../../../src/design/budget.js';
import { forecast } from '../../../src/design/forecast.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { trialsOf } from '../../../src/model/trial/plan.js';

function planOf(design: string, levels = 8) {
  const list = Array.from({ length: levels + 1 }, (_, index) => index).join(', ');
  const text = `version: 1\nname: x\nfactors: { spark.x: [${list}] }\ndesign: ${design}\n`;
  const experiment = parseExperiment({ file: 'x.yaml', text });
  return { experiment, plan: planExperiment(experiment) };
}

describe('the plan of a screening', () => {
  it('has its blocks before those that judge', () => {
    const { plan } = planOf('{ blocks: 6 }');
    expect(plan.screening).to.deep.equal({ blocks: 2, top: 1 });
    expect(plan.blocks.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('keeps three of many, or as many as it is told', () => {
    expect(planOf('{ blocks: 2 }', 12).plan.screening).to.deep.equal({ blocks: 2, top: 3 });
    const told = planOf('{ blocks: 2, confirm: { top: 2, screeningBlocks: 5 } }', 3);
    expect(told.plan.screening).to.deep.equal({ blocks: 5, top: 2 });
  });

  it('refuses to keep more than there are', () => {
    expect(() => planOf('{ confirm: { top: 3 } }', 2)).to.throw('only 2 to choose from');
  });

  it('is forecast by the trials that it will run', () => {
    const { plan, experiment } = planOf('{ blocks: 6 }');
    const found = forecast(plan, experiment);
    expect(found.trials).to.equal(2 * 10 + 6 * 3);
    expect(trialsOf(plan).length, 'some of which it will skip').to.equal(8 * 10);
    expect(found.configurations.find(({ id }) => id === 'c1')).to.include({
      trials: 2,
      mostTrials: 8,
    });
    expect(found.screening?.keeps.chance).to.be.within(0.5, 0.95);
  });

  it('fits into a budget phase by phase', () => {
    const { plan, experiment } = planOf('{ blocks: 6 }');
    const parts = { plan, experiment, forecast: forecast(plan, experiment) };
    const { totalSeconds, perTrialSeconds } = parts.forecast;
    expect(budgetOf(parts, totalSeconds + 1).blocks).to.equal(8);
    const screening = budgetOf(parts, totalSeconds - 15 * perTrialSeconds);
    expect(screening).to.include({ blocks: 3, detectable: null });
    expect(budgetOf(parts, 11.5 * perTrialSeconds + 20).blocks).to.equal(1);
  });
});
