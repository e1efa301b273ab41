import { expect } from 'chai';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { servedRun, token } from '../../helpers/served-run.js';
import { simulatedRun } from '../../helpers/simulated-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** The folder of a run's embedded broker, which is nobody's to read. */
const ofBroker = 'work';

describe('the guards of a live page', () => {
  const folder = temporaryFolder();
  let run: string;
  let page: Awaited<ReturnType<typeof servedRun>>;

  before(async () => {
    run = await simulatedRun(folder);
    page = await servedRun(run);
  });
  after(async () => {
    await page[Symbol.asyncDispose]();
  });

  it('answer 421 to another host, whatever is asked and whoever asks', async () => {
    const port = String(page.port);
    const foreign = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1.evil.example:${port}`,
    ];
    for (const host of [...foreign, '127.0.0.1:1', `0.0.0.0:${port}`]) {
      for (const path of ['/', '/assets/live.js', '/events', '/nowhere', '/report.html']) {
        const { status, text } = await page.get(path, { host });
        expect(status, `${host} ${path}`).to.equal(421);
        expect(text).not.to.contain('simulated');
      }
      expect((await page.enter(token, { ...page.form, host })).status).to.equal(421);
    }
    expect((await page.get(`http://evil.example:${port}/`)).status).to.be.oneOf([400, 421]);
  });

  it('take the two names of this machine', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST']) {
      expect((await page.get('/', { host: `${name}:${String(page.port)}` })).status).to.equal(200);
    }
  });

  it('answer 403 to what another page asks', async () => {
    const other = ['http://evil.example', 'null', `https://127.0.0.1:${String(page.port)}`];
    for (const origin of [...other, 'http://127.0.0.1:1']) {
      expect((await page.get('/', { origin })).status, origin).to.equal(403);
      expect((await page.get('/events', { origin })).status, origin).to.equal(403);
      const headers = { ...page.form, origin };
      expect((await page.enter(token, headers)).headers['set-cookie'], origin).to.equal(undefined);
    }
    const { 'content-type': type } = page.form;
    expect((await page.enter(token, { 'content-type': type })).status).to.equal(403);
    const crossSite = { ...page.form, 'sec-fetch-site': 'cross-site' };
    expect((await page.enter(token, crossSite)).status).to.equal(403);
    expect((await page.get('/', { origin: page.origin })).status).to.equal(200);
  });

  it('show nothing of the run without the cookie', async () => {
    for (const path of [
      '/',
      '/events',
      '/report.html',
      '/topics',
      '/topics/t',
      '/journal.ndjson',
      '/trials/',
    ]) {
      const { status, text } = await page.ask(path);
      expect(status, path).to.equal(401);
      expect(text).to.contain('<form id="enter"').and.not.contain('shuffle');
    }
    const wrong = {
      cookie: page.inside.cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    };
    expect((await page.ask('/', { headers: wrong })).status).to.equal(401);
  });

  it('give the cookie for the token only, to this server alone and out of reach of scripts', async () => {
    for (const given of ['', 'wrong', `${token}x`, token.slice(1)]) {
      const { status, headers, text } = await page.enter(given);
      expect(status, given).to.equal(403);
      expect(headers['set-cookie']).to.equal(undefined);
      expect(text).to.contain('That token is not the one of this server');
    }
    expect((await page.enter('x'.repeat(10_000))).status).to.equal(413);
    expect(page.cookie).to.match(/^streamtune-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(page.cookie).not.to.contain(token);
    const again = await page.enter(token);
    expect([again.status, again.headers.location]).to.deep.equal([303, '/']);
  });

  it('change nothing on a GET, and take no other method', async () => {
    expect((await page.get(`/enter?token=${token}`)).status).to.equal(404);
    for (const method of ['PUT', 'DELETE', 'PATCH', 'POST']) {
      const headers = { ...page.inside, origin: page.origin };
      expect((await page.ask('/', { method, headers })).status, method).to.equal(404);
    }
  });

  it('set strict headers on every answer', async () => {
    const answers = [
      ...(await Promise.all(
        ['/', '/report.html', '/nowhere', '/topics', '/summary.json'].map((path) => page.get(path)),
      )),
      await page.ask('/'),
      await page.ask('/assets/live.js'),
      await page.get('/', { host: 'evil.example' }),
    ];
    for (const { headers } of answers) {
      expect(headers['x-content-type-options']).to.equal('nosniff');
      expect(headers['referrer-policy']).to.match(/^(no-referrer|same-origin)$/);
      expect(headers['cache-control']).to.equal('no-store');
      const policy = String(headers['content-security-policy']);
      expect(policy)
        .to.match(/^default-src 'none'; /)
        .and.contain("frame-ancestors 'none'");
      expect(/script-src ([^;]*)/.exec(policy)?.[1] ?? "'self'").to.equal("'self'");
    }
    const live = await page.get('/');
    expect(live.text).not.to.match(/<script(?! src="\/assets\/live\.js")|<style|\son\w+=|\sstyle=/);
  });

  it('never tell the token or the session', async () => {
    const [, session = ''] = page.inside.cookie.split('=');
    for (const path of [
      '/',
      '/report.html',
      '/topics',
      '/nowhere',
      '/assets/live.js',
      '/trials/',
      '/summary.json',
    ]) {
      const { text } = await page.get(path);
      expect(text, path).not.to.contain(token).and.not.contain(session);
    }
  });

  it('serve files of the run as text, and nothing outside of it', async () => {
    const trials = join(run, 'trials');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(run, '.hidden.json'), 'secret');
    mkdirSync(join(run, 'work'), { recursive: true });
    writeFileSync(join(run, 'work', 'server.log'), 'secret');
    symlinkSync(join(folder, 'secret.txt'), join(run, 'link.txt'));
    symlinkSync(folder, join(trials, 'out'));
    symlinkSync(join(run, 'work'), join(trials, 'work'));
    symlinkSync('/dev/zero', join(run, 'zero.log'));
    writeFileSync(join(run, 'note.txt'), '<script>alert(1)</script>');

    const found = await page.get('/note.txt');
    expect([found.status, found.text]).to.deep.equal([200, '<script>alert(1)</script>']);
    expect(found.headers['content-type']).to.equal('text/plain; charset=utf-8');
    expect((await page.get('/summary.json')).text).to.contain('"configurations"');
    const ways = [
      ...['/../secret.txt', '/trials/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt'],
      ...[
        '/trials/..%2f..%2fsecret.txt',
        '/%252e%252e/secret.txt',
        '/..%5csecret.txt',
        '//secret.txt',
      ],
      ...[`/${join(folder, 'secret.txt')}`, '/link.txt', '/trials/out/secret.txt', '/trials/out/'],
      ...[
        `/trials/${ofBroker}/server.log`,
        `/${ofBroker}/server.log`,
        '/.hidden.json',
        '/run.lock',
        '/zero.log',
      ],
      ...['/note.txt%00.log', '/%00', '/%', '/note.txt/', '/trials', `/${ofBroker}/`, '/../'],
    ];
    for (const way of ways) {
      const { status, text } = await page.get(way);
      expect(text, way).not.to.contain('secret');
      expect(status, way).to.be.oneOf(way === '/../' ? [200] : [400, 404]);
    }
  });
});
