import { expect } from 'chai';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { expectError } from '../../helpers/expect-error.js';
import { simulatedRun } from '../../helpers/simulated-run.js';
import { startStreamtune } from '../../helpers/streamtune.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

async function takenPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: String((server.address() as AddressInfo).port), close: () => server.close() };
}

describe('serve', function () {
  this.timeout(60_000); // it starts real processes
  const folder = temporaryFolder();
  let run: string;

  before(async () => {
    run = await simulatedRun(folder);
  });

  it('prints an address that lets its reader in, and ends in order on Ctrl-C', async () => {
    const served = startStreamtune(['serve', run]);
    await served.says(/Ctrl-C ends it/);
    const printed = await waitUntil({
      what: 'the address is printed',
      timeoutMs: 10_000,
      signal: new AbortController().signal,
      check: () => /http:\S+/.exec(served.stdout())?.[0],
    });
    const { origin, hash } = new URL(printed);
    const body = new URLSearchParams(hash.slice(1));
    const entered = await fetch(`${origin}/enter`, {
      ...{ method: 'POST', body, headers: { origin }, redirect: 'manual' },
    });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const events = await fetch(`${origin}/events`, { headers: { cookie } });
    expect(events.headers.get('content-type')).to.contain('text/event-stream');
    served.child.kill('SIGINT');
    // An open stream does not keep it, and is told that this was the end.
    expect(await events.text())
      .to.contain('event: part')
      .and.match(/event: over\n/);
    const { code, stdout } = await served.ended;
    expect([code, stdout.trim()]).to.deep.equal([0, printed]);
  });

  it('says that a port is in use, and starts no night without the page that was asked for', async () => {
    const taken = await takenPort();
    try {
      const { host } = testHost();
      const error = await expectError(
        runCommandLine(['serve', run, '--port', taken.port], host),
        'PORT_IN_USE',
      );
      expect(error.exitCode).to.equal(3);
      expect(error.message).to.contain(`Port ${taken.port} of 127.0.0.1 is in use`);
      const experiment = join(folder, 'simulated.yaml');
      const call = ['run', experiment, '--simulate', join(folder, 'world.yaml')];
      const night = [...call, '--results', join(folder, 'no-results')];
      await expectError(
        runCommandLine([...night, '--serve', '--serve-port', taken.port], host),
        'PORT_IN_USE',
      );
      await expectError(runCommandLine([...night, '--serve-port', '7070'], host), 'USAGE');
    } finally {
      taken.close();
    }
  });

  it('opens the page where there is a screen, by a file that only its reader can read', async () => {
    const opened = join(folder, 'opened');
    const program = join(folder, 'xdg-open');
    writeFileSync(
      program,
      `#!/bin/sh\necho "$1" > ${opened}.draft; mv ${opened}.draft ${opened}\n`,
    );
    chmodSync(program, 0o755);
    const said: string[] = [];
    const own = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, TMPDIR: folder };
    for (const [screen, isOpened] of [
      [{ DISPLAY: ':9' }, true],
      [{ DISPLAY: '', WAYLAND_DISPLAY: '' }, false],
    ] as const) {
      rmSync(opened, { force: true });
      const env = { ...process.env, ...own, ...screen };
      const served = startStreamtune(['serve', run, '--open'], env);
      await served.says(/Ctrl-C ends it/);
      if (isOpened) {
        const { signal } = new AbortController();
        const check = () => existsSync(opened) || undefined;
        await waitUntil({ what: 'the browser is asked', timeoutMs: 10_000, signal, check });
        const file = new URL(readFileSync(opened, 'utf8').trim());
        expect(file.protocol, 'no token in an argument').to.equal('file:');
        expect(statSync(file).mode & 0o777).to.equal(0o600);
        expect(readFileSync(file, 'utf8')).to.contain(`url=${served.stdout().trim()}"`);
      }
      served.child.kill('SIGINT');
      const { code, stderr } = await served.ended;
      expect(code, stderr).to.equal(0);
      said.push(stderr);
      expect(existsSync(opened)).to.equal(isOpened);
      expect(readdirSync(folder).filter((name) => name.includes('-open-'))).to.deep.equal([]);
    }
    expect(said[1], 'without a screen it says nothing more').to.equal(said[0]);
  });

  it('refuses what is no run, and a run of an older layout', async () => {
    const { host } = testHost();
    await expectError(runCommandLine(['serve', folder], host), 'RUN_FOLDER_INVALID');
    await expectError(runCommandLine(['serve', join(folder, 'none')], host), 'RUN_NOT_FOUND');
    const older = join(folder, 'older');
    mkdirSync(older);
    writeFileSync(join(older, 'manifest.json'), '{"formatVersion": 1}');
    await expectError(runCommandLine(['serve', older], host), 'RUN_FOLDER_INVALID');
  });
});

describe('run --serve', function () {
  this.timeout(60_000); // it starts a real process
  const folder = temporaryFolder();

  it('shows the address, ends with the run, and leaves no process', async () => {
    await simulatedRun(folder);
    const { host, written } = testHost();
    const call = ['run', join(folder, 'simulated.yaml'), '--simulate', join(folder, 'world.yaml')];
    // Simulated trials take no time, so the run may be over before the page is up.
    const long = [...call, '--blocks', '6', '--results', join(folder, 'served')];
    expect(await runCommandLine([...long, '--serve'], host)).to.equal(0);
    expect(written.err).to.contain('Results: ');
    expect(
      written.err.match(/Watch it: http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{32}\n/g) ?? [],
    ).to.have.length.at.most(1);
    expect(written.err).not.to.match(/page of the run (has not|could not)/);
  });
});
