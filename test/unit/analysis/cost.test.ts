import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { resourcesOf } from '../../../src/analysis/cost/resources.js';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import type { Assignment } from '../../../src/model/knob.js';
import { renderMarkdown } from '../../../src/report/markdown/markdown-report.js';
import { renderHtml } from '../../../src/report/html/report-page.js';
import { renderTrialsCsv } from '../../../src/report/trials-csv.js';
import { runRecord } from '../../helpers/run-record.js';

describe('what a configuration asks for', () => {
  const gib = 2 ** 30;
  const of = (knobs: Assignment) => {
    const found = resourcesOf(knobs, 8);
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
    expect(of({ 'spark.master': 'local-cluster[3,2,1024]' })).to.deep.equal([6, 4]);
    const alone = { 'spark.master': 'spark://host:7077', ...executor };
    expect(of({ ...alone, 'spark.cores.max': 5 })).to.deep.equal([4, 5]);
    expect(of({ ...alone, 'spark.executor.instances': 3 })).to.deep.equal([6, 7]);
    expect(of({ 'spark.master': 'yarn', ...executor })).to.deep.equal([4, 5]);
    expect(of({ 'spark.master': 'k8s://host' })).to.deep.equal([2, 3]);
  });

  it('is unknown where the cluster decides', () => {
    expect(of({ 'spark.master': 'spark://host:7077' })).to.equal(null);
    const dynamic = { 'spark.dynamicAllocation.enabled': true };
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

  it('needs one rate at least', () => {
    const file = { file: 'x.yaml', text: text(', price: { currency: EUR }') };
    expect(() => parseExperiment(file)).to.throw('a price needs "perHour"');
  });
});
