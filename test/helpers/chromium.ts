import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Nothing but the pages of the test: no updates, no requests to anywhere. */
const quiet = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Where this machine has Chromium; undefined if it has none. */
function chromiumPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return places.find(isProgram);
}

/** One Chromium for the tests of a `describe`, which are skipped without it: that is said, with `what` they look at. */
export function sharedChromium(what: string): () => Browser {
  let browser: Browser | undefined;
  before(async function () {
    const path = chromiumPath();
    if (path === undefined) {
      console.error(`NOT CHECKED: ${what} in a browser, as there is no Chromium`);
      this.skip();
      return;
    }
    browser = await startChromium(path);
  });
  after(async () => {
    await browser?.close();
  });
  return () => browser!;
}

/** A real Chromium with a fresh profile, which is removed with it. */
async function startChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, headless: true, args: quiet });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
