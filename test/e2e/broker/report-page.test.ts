import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { renderHtml } from '../../../src/report/html/report-page.js';
import { sharedChromium } from '../../helpers/chromium.js';
import { overflowOf, seriousIn } from '../../helpers/page-findings.js';
import { runRecord } from '../../helpers/run-record.js';

/** A4 between margins of 1.5 cm, at 96 pixels an inch. */
const paper = { width: 680, height: 1_009 };

/** The right edge of whatever reaches furthest, also where it would only be seen after scrolling. */
const furthest = `Math.max(...[...document.querySelectorAll('table, svg, pre')].map((one) =>
  one.getBoundingClientRect().right + window.scrollX))`;

describe('report.html in a real Chromium', function () {
  this.timeout(120_000);
  const browser = sharedChromium('report.html');
  let page: Page;
  before(async () => {
    page = await browser().newPage();
    const claims = readFileSync(projectPath('experiments/claims.yaml'), 'utf8');
    const run = runRecord(
      claims,
      ({ block, configuration: { id } }) => 900 + 7 * block + id.length,
    );
    await page.setContent(renderHtml(analyseRun(run)));
  });
  it('fits a phone and a wide screen, light and dark, without a serious finding of axe', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1_100, 1_600]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        expect(await overflowOf(page), `${colorScheme} ${String(width)}`).to.equal(0);
        expect(await seriousIn(page), `${colorScheme} ${String(width)}`).to.deep.equal([]);
      }
    }
  });

  it('loses nothing at the edge of a page of paper, which cannot be scrolled', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize(paper);
    const right: number = await page.evaluate(furthest);
    expect(right).to.be.greaterThan(500).and.at.most(paper.width);
  });
});
