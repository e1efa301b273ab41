import { expect } from 'chai';
import { parseHTML } from 'linkedom';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { bestOf } from '../../../src/run/ending/write-best.js';
import { renderHtml } from '../../../src/report/html/report-page.js';
import { ranSettings } from '../../../src/analysis/detail/ran-settings.js';
import { timelineOf, typicalTrial } from '../../../src/analysis/detail/timeline.js';
import type { ReportModel } from '../../../src/model/run/report-model.js';
import type { PageExtras } from '../../../src/report/html/page-extras.js';
import { steadyBatches } from '../../helpers/progress.js';
import { runRecord, type MadeUp } from '../../helpers/run-record.js';

const text = `version: 1
name: page
factors: { spark.sql.shuffle.partitions: [200, 10, 5] }
design: { blocks: 4 }
measurement: { warmup: 1s }
`;
const speed: MadeUp = ({ block, configuration: { levels } }) =>
  (levels['spark.sql.shuffle.partitions'] === 10 ? 250 : 500) + 3 * ((block * 7) % 5);

/** All that a run's folder adds to the page. */
function extrasOf(model: ReportModel): Required<PageExtras> {
  const names = ['stderr.log', 'request.json', 'data_stream.py', 'progress.ndjson'];
  const [row] = model.rows;
  const typical = row === undefined ? undefined : typicalTrial(row);
  return {
    best: bestOf(model),
    files: new Map(model.run.trials.map(({ trial }) => [trial.id, names])),
    settings: new Map(
      model.rows.map(({ configuration }) => [
        configuration.id,
        ranSettings(configuration.knobs, [{ 'spark.sql.shuffle.partitions': '10' }, null]),
      ]),
    ),
    timeline: timelineOf(typical!.trial, steadyBatches(900, 1_000, 300), { declaredSeconds: 20 })!,
  };
}

interface Found {
  readonly textContent: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly localName: string;
  getAttribute(name: string): string | null;
}
function elementsOf(html: string, selector: string): Found[] {
  const { document } = parseHTML(html) as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Found> };
  };
  return [...document.querySelectorAll(selector)];
}

describe('the whole page', () => {
  const model = analyseRun(runRecord(text, speed));
  const page = renderHtml(model, extrasOf(model));

  it('asks nothing of anybody: no address but that of a link', () => {
    const addresses = elementsOf(page, '*').flatMap(({ localName, attributes }) =>
      [...attributes]
        .filter(({ name }) => /^(src|srcset|href|xlink:href|data|poster|action|style)$/.test(name))
        .filter(({ name, value }) => name !== 'style' || value.includes('url('))
        .map(({ name, value }) => `${localName} ${name} ${value}`),
    );
    expect(
      addresses.filter((one) => !/^a href (trials\/|best\/|report\.md|#)/.test(one)),
    ).to.deep.equal([]);
    const styles = elementsOf(page, 'style').map(({ textContent }) => textContent);
    expect(styles.join('')).not.to.match(/url\(|@import/);
    expect(elementsOf(page, 'script')).to.deep.equal([]);
  });

  it('leads from a configuration to its trials, their files, and what they ran with', () => {
    const links = elementsOf(page, 'a').map((one) => one.getAttribute('href'));
    expect(links).to.include.members([
      '#c1',
      'trials/b1-t1-c1/stderr.log'.replace('b1-t1-c1', model.run.trials[0]!.trial.id),
    ]);
    const ids = elementsOf(page, '[id]').map((one) => one.getAttribute('id'));
    for (const link of links.filter((one) => one?.startsWith('#')))
      expect(ids).to.include(link!.slice(1));
    const summaries = elementsOf(page, 'summary').map(({ textContent }) => textContent);
    expect(summaries.join('\n')).to.contain('Its settings: 1 match, 1 not captured');
    expect(summaries.join('\n')).to.contain('Its settings: 1 differs, 1 not captured');
    expect(summaries).to.include('best/submit.sh');
  });

  it('draws a trial batch by batch, of many batches some at a time', () => {
    const titles = elementsOf(page, 'figcaption').map(({ textContent }) => textContent);
    expect(titles.join('\n')).to.match(/A typical trial of baseline .* several of its 900 batches/);
  });

  it('says in words what each chart shows', () => {
    const words = elementsOf(page, 'svg[role=img]').map((one) =>
      one.getAttribute('aria-description'),
    );
    expect(words.length).to.be.greaterThan(8);
    for (const one of words)
      expect(one).to.match(/^.+: .+The table after the chart has all figures\.$/);
  });

  it('is small, and quickly drawn, for a night of 500 trials with all that belongs to them', () => {
    const levels = Array.from({ length: 48 }, (_, index) => index + 1).join(', ');
    const night = analyseRun(
      runRecord(
        text
          .replace('[200, 10, 5]', `[${levels}]`)
          .replace('blocks: 4', 'blocks: 10, confirm: off'),
        speed,
      ),
    );
    expect(night.endedTrials).to.be.at.least(490);
    const extras = extrasOf(night);
    const before = process.cpuUsage();
    const { length } = renderHtml(night, extras);
    const { user, system } = process.cpuUsage(before);
    expect(length).to.be.lessThan(1_500_000);
    expect((user + system) / 1e6).to.be.lessThan(5);
  });

  it('names 1,000 configurations, and draws those that matter', () => {
    const levels = Array.from({ length: 999 }, (_, index) => index + 1).join(', ');
    const many = text
      .replace('[200, 10, 5]', `[${levels}]`)
      .replace('blocks: 4', 'blocks: 3, confirm: off');
    const found = analyseRun(
      runRecord(many, (trial) =>
        trial.configuration.id === 'c500' ? { kind: 'timed-out', limitSeconds: 9 } : speed(trial),
      ),
    );
    const html = renderHtml(found, { best: bestOf(found) });
    expect(html.length).to.be.lessThan(1_500_000);
    expect(html).to.contain('40 of 1,000 configurations are drawn');
    const ids = elementsOf(html, 'details.configuration [id]').map((one) => one.getAttribute('id'));
    expect(ids).to.have.length(40);
    expect(ids).to.include.members(['baseline', 'aa', 'c9', 'c500']);
    expect(elementsOf(html, 'td:first-child').length).to.be.greaterThan(1_000);
  }).timeout(40_000);
});

describe('a page about little', () => {
  const pageOf = (experiment: string, madeUp: MadeUp) => {
    const model = analyseRun(runRecord(experiment, madeUp));
    return renderHtml(model, { best: bestOf(model) });
  };
  const failed: MadeUp = () => ({ kind: 'timed-out', limitSeconds: 9 });

  it('shows no blank chart where nothing counts, and what there is to run', () => {
    for (const madeUp of [failed, () => undefined]) {
      const html = pageOf(text, madeUp);
      expect(elementsOf(html, 'svg')).to.have.length(0);
      expect(html).to.contain('No trial counts yet').and.to.contain('best/submit.sh');
      expect(html).not.to.contain('NaN').and.not.to.contain('undefined');
    }
  });

  it('shows one configuration alone, and says that nothing can be compared', () => {
    const html = pageOf(text.replace('[200, 10, 5]', '[200]'), speed);
    expect(html).to.contain('There is nothing to compare the baseline with');
    expect(html).to.contain('varies only one factor');
    for (const svg of elementsOf(html, 'svg')) expect(svg.textContent).not.to.contain('NaN');
  });

  it('shows names of any script, and those that look like markup, as they are', () => {
    const names = ['Δοκιμή', 'اختبار', '分区', '<svg onload=alert(1)>', '</style><script>'];
    const html = pageOf(text.replace('[200, 10, 5]', JSON.stringify([200, ...names])), speed);
    for (const name of names) expect(elementsOf(html, 'body')[0]!.textContent).to.contain(name);
    expect(elementsOf(html, 'script, [onload]')).to.deep.equal([]);
  });

  it('says of a damaged journal that outcomes come from the trials', () => {
    const run = { ...runRecord(text, speed), journal: 'damaged', state: 'crashed' } as const;
    expect(renderHtml(analyseRun(run))).to.contain('The journal of this run is damaged');
  });
});

describe('interactions', () => {
  const grid = `version: 1
name: grid
factors: { spark.sql.shuffle.partitions: [200, 10], spark.driver.memory: [1g, 4g] }
design: { blocks: 4, confirm: off }
measurement: { warmup: 1s }
`;
  const together: MadeUp = ({ configuration: { levels }, block }) => {
    const few = levels['spark.sql.shuffle.partitions'] === 10;
    const large = levels['spark.driver.memory'] === '4g';
    return ((few ? 250 : 500) / (large ? 1.25 : 1) / (few && large ? 1.5 : 1)) * (1 + block / 100);
  };

  it('are estimated where a grid has two changes alone and together', () => {
    const { interactions } = analyseRun(runRecord(grid, together));
    if (interactions.kind !== 'estimated') throw new Error(interactions.kind);
    const [found, ...more] = interactions.found;
    expect(more).to.deep.equal([]);
    expect(found!.factor).to.be.closeTo(1.5, 0.01);
    expect(found!.blocks).to.equal(4);
  });

  it('are not there where nothing could show them, and the page says why', () => {
    const kindOf = (experiment: string, madeUp: MadeUp) =>
      analyseRun(runRecord(experiment, madeUp)).interactions.kind;
    expect(kindOf(text, speed)).to.equal('one-factor');
    const single = grid.replace('blocks: 4', 'kind: one-at-a-time, blocks: 4');
    expect(kindOf(single, together)).to.equal('one-at-a-time');
    const lost: MadeUp = (trial) => (trial.configuration.id === 'c3' ? undefined : together(trial));
    expect(kindOf(grid, lost)).to.equal('not-measured');
    expect(renderHtml(analyseRun(runRecord(single, together)))).to.contain(
      'changes one factor at a time',
    );
  });
});
