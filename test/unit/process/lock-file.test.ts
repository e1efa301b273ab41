import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLock } from '../../../src/process/lock-file.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { expectError } from '../../helpers/expect-error.js';

describe('acquireLock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-lock-'));
  const file = join(folder, 'a.lock');
  const { signal } = new AbortController();
  const acquire = (timeoutMs: number) => acquireLock({ file, timeoutMs, signal });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('has one holder at a time, and is gone with its block', async () => {
    {
      await using _lock = await acquire(100);
      expect((await expectError(acquire(150), 'LOCK_TIMEOUT')).message).to.contain(file);
    }
    expect(readdirSync(folder)).to.deep.equal([]);
    await using _again = await acquire(100);
  });

  it('is taken from an owner that has died, and from one whose number another process has', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'close');
    for (const owner of [child.pid, process.pid]) {
      writeFileSync(file, JSON.stringify({ pid: owner, startedAt: 'long ago' }));
      await using _lock = await acquire(100);
      expect(readFileSync(file, 'utf8')).not.to.contain('long ago');
    }
    for (const rubbish of ['', 'not json', '[]', '{"pid":"1"}']) {
      writeFileSync(file, rubbish);
      await using _lock = await acquire(100);
    }
    expect(existsSync(file)).to.equal(false);
  });

  it('lets eight processes count to eighty without losing one', async () => {
    const counter = join(folder, 'counter');
    writeFileSync(counter, '0');
    const script = `
      const { readFileSync, writeFileSync } = await import('node:fs');
      const { acquireLock } = await import(process.argv[1]);
      const signal = new AbortController().signal;
      for (let round = 0; round < 10; round += 1) {
        const lock = await acquireLock({ file: process.argv[2], timeoutMs: 60000, signal });
        writeFileSync(process.argv[3], String(Number(readFileSync(process.argv[3], 'utf8')) + 1));
        await lock[Symbol.asyncDispose]();
      }
    `;
    const module = projectPath('dist/src/process/lock-file.js');
    const args = ['--input-type=module', '-e', script, module, file, counter];
    const children = Array.from({ length: 8 }, () =>
      spawn(process.execPath, args, { stdio: 'inherit' }),
    );
    const codes = await Promise.all(
      children.map(async (child) => (await once(child, 'close'))[0] as number),
    );
    expect(codes).to.deep.equal(codes.map(() => 0));
    expect(readFileSync(counter, 'utf8')).to.equal('80');
  }).timeout(60_000);
});
