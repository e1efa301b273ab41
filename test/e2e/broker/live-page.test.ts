import { expect } from 'chai';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { produce } from '../../../src/kafka/producer.js';
import { createTopic } from '../../../src/kafka/topics.js';
import { sharedChromium } from '../../helpers/chromium.js';
import { overflowOf, seriousIn } from '../../helpers/page-findings.js';
import { playedAgain, stepsTo } from '../../helpers/played-again.js';
import { servedRun, token } from '../../helpers/served-run.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { simulatedRun } from '../../helpers/simulated-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const evil =
  '</code></pre><script>document.title = "owned"</script><img src=x onerror="document.title=1">';

const focused = 'document.activeElement.textContent';

describe('the live page in a real Chromium', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const browser = sharedChromium('the live page');
  let whole: string;
  before(async () => {
    whole = await simulatedRun(folder);
  });

  const open = async (origin: string, options: Parameters<Browser['newPage']>[0] = {}) => {
    const page = await browser().newPage(options);
    await page.goto(`${origin}/#token=${token}`);
    return page;
  };

  it('follows a run to its end, by keyboard alone, and shows what a topic holds as text', async () => {
    const { endpoint } = await sharedBroker();
    const { signal } = new AbortController();
    const topic = `live-page-${String(process.pid)}`;
    const records = [Buffer.from('{"call":1}'), Buffer.from(evil), Buffer.alloc(900_000, 'x')];
    await createTopic({ endpoint, signal }, { name: topic, partitions: 1 });
    await produce({ endpoint, signal, topic, partitions: 1, records });
    await using run = await playedAgain(whole, join(folder, 'followed'), stepsTo(whole, 2));
    await using served = await servedRun(run.folder, endpoint);
    const page = await open(served.origin);
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await page.waitForSelector('#now h2');
    expect(page.url()).to.equal(`${served.origin}/`);
    expect(await page.locator('#now').innerText()).to.contain('no batch has ended yet');

    run.report(3);
    await page.getByText('3 batches').waitFor();
    // The focus stays on its link while the page around it changes.
    const block = page.locator('#plan a', { hasText: 'Block 1' });
    await block.focus();
    run.advance(2);
    await page.getByText('2 of 6 trials. Ends').waitFor();
    expect(await page.evaluate(focused)).to.equal('Block 1');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(focused)).to.equal('Block 2');
    await page.keyboard.press('Enter');
    await page.locator('h3', { hasText: 'Block 2' }).waitFor();
    await run.finish();
    await page.getByText('6 of 6 trials. Complete.').waitFor();
    expect(await page.locator('#said').innerText()).to.contain('The run has ended');

    await page.getByRole('link', { name: 'Topics' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: topic }).click();
    const messages = page.locator('.messages pre');
    expect(await messages.nth(0).innerText()).to.equal('{\n  "call": 1\n}');
    expect(await messages.nth(1).innerText()).to.equal(evil);
    expect(await page.locator('.messages li').nth(2).innerText()).to.contain('only its beginning');
    expect(await page.title()).to.equal(`${topic}: streamtune`);
    await page.getByLabel('From offset').fill('2');
    await page.keyboard.press('Enter');
    await page.waitForURL(/offset=2/);
    expect(await page.locator('.messages li').count()).to.equal(1);
    expect(await seriousIn(page)).to.deep.equal([]);
    await page.getByRole('link', { name: 'Report' }).click();
    await page.locator('figure').first().waitFor();
    expect(
      requested.filter((url) => !url.startsWith(served.origin) && url !== 'data:,'),
    ).to.deep.equal([]);
  });

  it('fits a phone and a wide screen, light and dark, without a serious finding of axe', async () => {
    await using run = await playedAgain(whole, join(folder, 'looked-at'), stepsTo(whole, 4));
    await using served = await servedRun(run.folder);
    run.report(5);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1600]) {
        const page = await open(served.origin, { colorScheme, viewport: { width, height: 800 } });
        await page.getByText('5 batches').waitFor();
        expect(await overflowOf(page), `${colorScheme} ${String(width)}`).to.equal(0);
        expect(await seriousIn(page), `${colorScheme} ${String(width)}`).to.deep.equal([]);
        await page.close();
      }
    }
  });

  it('can be read and entered without scripts', async () => {
    await using run = await playedAgain(whole, join(folder, 'no-scripts'), stepsTo(whole, 3));
    await using served = await servedRun(run.folder);
    const page = await browser().newPage({ javaScriptEnabled: false });
    await page.goto(served.origin);
    await page.getByRole('textbox').fill(token);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByText('2 of 6 trials. Ends').waitFor();
    expect(await page.locator('#now h2').innerText()).to.match(/^Now: b\d-t\d-/);
    expect(await page.locator('body').innerText()).to.contain('load it again');
  });
});
