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
  const acquire = (more: Partial<Parameters<typeof acquireLock>[0]> = {}) =>
    acquireLock({ file, timeoutMs: 8_000, signal, ...more });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('has one holder at a time, and is gone with its block', async () => {
    {
      await using _lock = await acquire();
      const second = acquire({ timeoutMs: 1 });
      expect((await expectError(second, 'LOCK_TIMEOUT')).message).to.contain(file);
    }
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('names its holder to the one who waits, and goes on to that one', async () => {
    const first = await acquire();
    let told: (pid: number) => void = () => undefined;
    const holder = new Promise<number>((resolve) => (told = resolve));
    let taken = false;
    const second = acquire({
      onWait: ({ pid }) => {
        told(pid);
      },
    }).then((lock) => {
      taken = true;
      return lock;
    });
    expect(await holder).to.equal(process.pid);
    expect(taken).to.equal(false);
    await first[Symbol.asyncDispose]();
    await using _lock = await second;
    expect(existsSync(file)).to.equal(true);
  });

  it('is taken from an owner that has died, and from one whose number another process has', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'close');
    const owners = [child.pid, process.pid].map((pid) => ({ pid, startedAt: 'long ago' }));
    const stale = owners.map((owner) => JSON.stringify(owner));
    for (const content of [...stale, '', 'not json', '[]', '{"pid":"1"}']) {
      writeFileSync(file, content);
      await using _lock = await acquire({ timeoutMs: 0 }); // nobody to wait for, however slow the machine
      const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number };
      expect(pid, content).to.equal(process.pid);
      expect(readFileSync(file, 'utf8')).not.to.equal(content);
    }
    expect(readdirSync(folder)).to.deep.equal([]);
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
