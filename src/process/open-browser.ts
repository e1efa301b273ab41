import { execa } from 'execa';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A browser that was asked to show an address. */
interface Opened extends AsyncDisposable {
  /** False without a screen, or without a program that opens addresses. */
  readonly isOpened: boolean;
}

/**
 * Shows an address in the user's browser, which lives on after this program. The address may hold a token, and arguments
 * can be seen by everybody on the machine: so the browser is given a file of the user's own that sends it there, which
 * lasts until this is disposed.
 */
export async function openBrowser(address: string, env: NodeJS.ProcessEnv): Promise<Opened> {
  const program = openerFor(env);
  if (program === undefined) return notOpened;
  const folder = await mkdtemp(join(tmpdir(), 'streamtune-open-'));
  const file = join(folder, 'open.html');
  await writeFile(file, pageTo(address), { mode: 0o600 });
  return {
    isOpened: await isStarted(program, pathToFileURL(file).href, env),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

const notOpened: Opened = { isOpened: false, [Symbol.asyncDispose]: () => Promise.resolve() };

/** The program of the platform that opens an address; undefined where there is no screen. */
function openerFor(env: NodeJS.ProcessEnv): string | undefined {
  if (platform() === 'darwin') return 'open';
  const hasScreen = [env['WAYLAND_DISPLAY'], env['DISPLAY']].some((one) => (one ?? '') !== '');
  return hasScreen ? 'xdg-open' : undefined;
}

async function isStarted(program: string, address: string, env: NodeJS.ProcessEnv) {
  const started = execa(program, [address], {
    ...{ env, extendEnv: false, detached: true, cleanup: false, stdio: 'ignore', reject: false },
  });
  started.unref();
  return await new Promise<boolean>((resolve) => {
    started.once('spawn', () => {
      resolve(true);
    });
    started.once('error', () => {
      resolve(false);
    });
  });
}

function pageTo(address: string): string {
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${address}"><a href="${address}">The page of the run</a>\n`;
}
