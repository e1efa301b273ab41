import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { resourcesOf } from '../../../src/analysis/cost/resources.js';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import type { ExecutorsSeen } from '../../../src/model/executors-seen.js';
import type { Assignment } from '../../../src/model/knob.js';
import { renderMarkdown } from '../../../src/report/markdown/markdown-report.js';
import { renderHtml } from '../../../src/report/html/report-page.js';
import { renderTrialsCsv } from '../../../src/report/trials-csv.js';
import { runRecord } from '../../helpers/run-record.js';

/** Executors on one host that a trial had; none was lost. */
function seen(...executors: readonly Partial<ExecutorsSeen['gained'][number]>[]): ExecutorsSeen {
  return {
    gained: executors.map((one, index) => ({ id: String(index), host: 'a', ...one })),
    lost: [],
  };
}

describe('what a trial has', () => {
  const gib = 2 ** 30;
  const of = (knobs: Assignment, executors?: ExecutorsSeen) => {
    const found = resourcesOf(knobs, { processors: 8, executors });
    return found === null ? null : [found.cores, found.memoryBytes / gib];
  };

  it('is that of one JVM in local mode', () => {
    expect(of({})).to.deep.equal([8, 1]);
    expect(of({ 'spark.master': 'local' })).to.deep.equal([1, 1]);
    expect(of({ 'spark.master': 'local[4,2]', 'spark.driver.memory': '3g' })).to.deep.equal([4, 3]);
    expect(of({ 'spark.master': 'local[2]', 'spark.driver.memory': 512 })).to.deep.equal([2, 0.5]);
    const executor = { 'spark.executor.memory': '4g', 'spark.executor.cores': 4 };
    expect(of({ 'spark.master': 'local[2]', ...executor })).to.deep.equal([2, 1]);
  });

  it('is that of the executors and the driver on a cluster', () => {
    const executor = { 'spark.executor.memory': '2g', 'spark.executor.cores': 2 };
    const own = { 'spark.master': 'local-cluster[3,2,1024]' };
    expect(of(own)).to.deep.equal([6, 4]);
    const small = { ...own, 'spark.cores.max': 1, 'spark.executor.memory': '512m' };
    expect(of(small, seen({ cores: 1 }))).to.deep.equal([1, 1.5]);
    expect(of({ 'spark.master': 'yarn', ...executor })).to.deep.equal([4, 5]);
    expect(of({ 'spark.master': 'k8s://host' })).to.deep.equal([2, 3]);
  });

  it('is what a standalone cluster gave, whatever was asked of it', () => {
    const alone = { 'spark.master': 'spark://host:7077', 'spark.executor.memory': '2g' };
    const two = seen({ cores: 1 }, { cores: 3 });
    expect(of(alone, two)).to.deep.equal([4, 5]);
    const asked = { 'spark.cores.max': 8, 'spark.executor.cores': 2 };
    expect(of({ ...alone, ...asked }, two)).to.deep.equal([4, 5]);
    expect(of(alone, seen({ cores: 2 }, { cores: 2, afterBatches: 9 }))).to.deep.equal([2, 3]);
  });

  it('is what is asked of a standalone cluster where nobody knows what it gave', () => {
    const alone = { 'spark.master': 'spark://host:7077', 'spark.executor.memory': '2g' };
    const asked = { ...alone, 'spark.cores.max': 5, 'spark.executor.cores': 2 };
    expect(of(asked)).to.deep.equal([4, 5]);
    expect(of(asked, seen({}, {}))).to.deep.equal([4, 5]);
    const instances = { 'spark.executor.instances': 3, 'spark.executor.cores': 2 };
    expect(of({ ...alone, ...instances }), 'they do not act there').to.equal(null);
  });

  it('is unknown where the cluster decides', () => {
    expect(of({ 'spark.master': 'spark://host:7077' })).to.equal(null);
    const dynamic = { 'spark.dynamicAllocation.enabled': true };
    const alone = { 'spark.master': 'spark://host:7077', ...dynamic };
    expect(of(alone, seen({ cores: 2 }))).to.equal(null);
    expect(of({ 'spark.master': 'yarn', ...dynamic })).to.equal(null);
    expect(of({ 'spark.master': 'local[2]', ...dynamic })).to.deep.equal([2, 1]);
  });
});

const text = (price: string) => `version: 1
name: costs
knobs: { spark.master: 'local[2]' }
factors: { spark.driver.memory: [1g, 4g] }
design: { blocks: 4 }
measurement: { warmup: 1s${price} }
`;

describe('the cost of a million rows', () => {
  /** Batches of 1,000 rows that follow each other, half a second each: 500 s for a million. */
  const modelOf = (price = '') => analyseRun(runRecord(text(price), () => 500));
  const perMillion = 500;

  it('is what was asked for, times the time from the first counted batch to the end of the last', () => {
    const [baseline, , other] = modelOf().rows;
    expect(baseline?.cost?.resources).to.deep.equal({ cores: 2, memoryBytes: 2 ** 30 });
    expect(baseline?.cost?.coreSeconds).to.be.closeTo(2 * perMillion, 1);
    expect(baseline?.cost?.memoryGibSeconds).to.be.closeTo(perMillion, 1);
    expect(other?.cost?.memoryGibSeconds).to.be.closeTo(4 * perMillion, 2);
    expect(baseline?.cost?.price).to.equal(null);
  });

  it('has a price where an hour has one', () => {
    const price = ', price: { perHour: 1, perCoreHour: 0.5, perGibHour: 0.25, currency: EUR }';
    const model = modelOf(price);
    const [baseline, , other] = model.rows;
    expect(baseline?.cost?.price).to.be.closeTo(((1 + 1 + 0.25) * perMillion) / 3_600, 0.001);
    expect(other?.cost?.price).to.be.closeTo(((1 + 1 + 1) * perMillion) / 3_600, 0.001);
    const report = renderMarkdown(model);
    expect(report).to.contain('## Cost').and.to.contain('Derived, and not judged');
    expect(report).to.contain('EUR per million rows');
    expect(report).to.match(/\| baseline \| 2 \| 1\.0 \| 1,000 \| 500 \| 0\.31[23] \|/);
    expect(renderHtml(model)).to.contain('<h2>Cost</h2>').and.to.contain('EUR per million rows');
    const [header = '', first = ''] = renderTrialsCsv(model).split('\r\n');
    const cells = header.split(',');
    expect(cells).to.include.members(['core_seconds_per_million_rows', 'price_per_million_rows']);
    expect(Number(first.split(',')[cells.indexOf('core_seconds_per_million_rows')])).to.equal(1000);
  });

  it('is left out where nobody knows what a trial was given', () => {
    const model = analyseRun(
      runRecord(text('').replace('local[2]', 'spark://host:7077'), () => 500),
    );
    expect(model.rows[0]?.cost).to.equal(null);
    expect(renderMarkdown(model)).not.to.contain('## Cost');
    expect(renderHtml(model)).not.to.contain('<h2>Cost</h2>');
  });

  it('is that of what a standalone cluster gave each trial', () => {
    const record = runRecord(text('').replace('local[2]', 'spark://host:7077'), () => 500);
    const trials = record.trials.map((one, index) => ({
      ...one,
      executors: index === 0 ? seen({ cores: 1 }) : seen({ cores: 1 }, { cores: 1 }),
    }));
    const model = analyseRun({ ...record, trials });
    const { configuration, cost } = model.rows[0]!;
    expect(configuration.role).to.equal('baseline');
    expect(cost?.resources).to.deep.equal({ cores: 2, memoryBytes: 3 * 2 ** 30 });
    expect(cost?.coreSeconds).to.be.closeTo(2 * perMillion, 1);
    const [first, second] = trials.map(({ trial }) => model.trialCosts[trial.id]?.coreSeconds);
    expect(first).to.be.closeTo(perMillion, 1);
    expect(second).to.be.closeTo(2 * perMillion, 1);
    expect(renderMarkdown(model)).to.contain(
      'asks for, or was given by a standalone cluster, times',
    );
  });

  it('needs one rate at least', () => {
    const file = { file: 'x.yaml', text: text(', price: { currency: EUR }') };
    expect(() => parseExperiment(file)).to.throw('a price needs "perHour"');
  });
});
