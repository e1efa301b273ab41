import { expect } from 'chai';
import { parseHTML } from 'linkedom';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { renderHtml } from '../../../src/report/html/report-page.js';
import { runRecord, type MadeUp } from '../../helpers/run-record.js';

const text = `version: 1
name: page
description: What does it do?
factors: { spark.sql.shuffle.partitions: [200, 10, 5] }
design: { blocks: 4 }
measurement: { warmup: 1s }
`;
const speed: MadeUp = ({ block, configuration: { levels } }) =>
  (levels['spark.sql.shuffle.partitions'] === 10 ? 250 : 500) + 3 * ((block * 7) % 5);

interface Page {
  readonly querySelectorAll: (selector: string) => Iterable<{
    readonly textContent: string;
    getAttribute(name: string): string | null;
  }>;
}

function pageOf(
  experiment: string,
  madeUp: MadeUp,
): { readonly page: Page; readonly html: string } {
  const html = renderHtml(analyseRun(runRecord(experiment, madeUp)));
  return { page: (parseHTML(html) as unknown as { document: Page }).document, html };
}

const textsOf = (page: Page, selector: string) =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent);

describe('report.html', () => {
  it('begins with the answer, and has the line to paste', () => {
    const { page } = pageOf(text, speed);
    const answer = (textsOf(page, '.answer')[0] ?? '').trim();
    expect(answer).to.match(/^spark\.sql\.shuffle\.partitions=10: \d\.\d times the baseline's/);
    expect(textsOf(page, 'pre code')[0]).to.equal('--conf spark.sql.shuffle.partitions=10');
  });

  it('draws each chart for a wide and a narrow page, with a title, a text in its place and a table', () => {
    const { page } = pageOf(text, speed);
    const titles = textsOf(page, 'figcaption');
    expect(titles).to.have.length(4);
    expect(titles[0]).to.match(/^Change of rows per second/);
    const pictures = [...page.querySelectorAll('figure svg[role="img"]')];
    expect(pictures).to.have.length(2 * titles.length);
    expect(pictures.map((svg) => svg.getAttribute('aria-label'))).to.deep.equal(
      titles.flatMap((title) => [title, title]),
    );
    expect([...page.querySelectorAll('figure table')]).to.have.length(titles.length);
  });

  it('shows a mark for each interval and each counted trial', () => {
    const { page } = pageOf(text, speed);
    const [effects, trials] = [...page.querySelectorAll('figure .wide')];
    expect(effects).not.to.equal(undefined);
    const circlesIn = (nth: number) =>
      [...page.querySelectorAll(`figure:nth-of-type(${String(nth)}) .wide circle`)].length;
    expect(circlesIn(1), 'two candidates').to.equal(2);
    expect(circlesIn(2), 'four configurations in four blocks').to.equal(16);
    expect(trials).not.to.equal(undefined);
  });

  it('asks nothing of any network, and runs nothing', () => {
    const { page, html } = pageOf(text, speed);
    const [policy] = [...page.querySelectorAll('meta[http-equiv="Content-Security-Policy"]')];
    expect(policy?.getAttribute('content')).to.contain("default-src 'none'");
    expect([...page.querySelectorAll('script, link, img, iframe, object')]).to.have.length(0);
    const addresses = html.match(/\b(?:https?:)?\/\/[a-z][^"' )]*/g) ?? [];
    expect(addresses.filter((one) => !one.startsWith('http://www.w3.org/'))).to.deep.equal([]);
  });

  it('takes names, values and failure texts for text', () => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    const { page, html } = pageOf(
      text
        .replace('[200, 10, 5]', `[200, ${JSON.stringify(evil)}]`)
        .replace('What does it do?', JSON.stringify(evil)),
      (trial) =>
        trial.configuration.role === 'candidate' && trial.block === 1
          ? {
              kind: 'failed',
              failureClass: 'unknown',
              cause: { kind: 'message', text: evil },
              stderrTail: [evil],
            }
          : speed(trial),
    );
    expect([...page.querySelectorAll('img')]).to.have.length(0);
    expect(html).not.to.contain('<img');
    expect(textsOf(page, '.note').join(' ')).to.contain(evil);
    expect(textsOf(page, '.warning').join(' ')).to.contain(evil);
  });

  it('draws no empty chart where nothing counts', () => {
    const failed: MadeUp = () => ({ kind: 'timed-out', limitSeconds: 9 });
    for (const madeUp of [failed, () => undefined]) {
      const { page } = pageOf(text, madeUp);
      expect([...page.querySelectorAll('figure')]).to.have.length(0);
      expect(textsOf(page, 'main').join(' ')).to.contain('there is nothing to draw');
    }
    const single = text.replace('[200, 10, 5]', '[200]');
    expect(textsOf(pageOf(single, speed).page, 'figcaption').join(' ')).not.to.contain('Change of');
  });

  it('stays small for a night of 500 trials', () => {
    const levels = Array.from({ length: 48 }, (_, index) => index + 1).join(', ');
    const night = text
      .replace('[200, 10, 5]', `[${levels}]`)
      .replace('blocks: 4', 'blocks: 10, confirm: off');
    const { html } = pageOf(night, speed);
    expect(html.length).to.be.lessThan(1_500_000);
    expect(html.length).to.be.greaterThan(100_000);
  });
});
