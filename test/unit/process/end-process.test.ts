import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { endInTime } from '../../../src/process/ending/end-in-time.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { heldTimers } from '../../helpers/held-timers.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('ending this process', () => {
  const folder = temporaryFolder();
  const end = (before: string, code = 130) => {
    const script = `
      import { readFile } from 'node:fs/promises';
      const { endProcess } = await import(process.argv[1]);
      process.on('exit', () => { console.log('exit handlers ran'); });
      ${before}
      await endProcess(${String(code)});
    `;
    const module = projectPath('dist/src/process/ending/end-process.js');
    const args = ['--input-type=module', '-e', script, module, join(folder, 'pipe')];
    const options = { encoding: 'utf8', timeout: 8_000 } as const;
    return spawnSync(process.execPath, args, options);
  };

  it('ends with its exit code, also while a file is being read', () => {
    const { status, stdout } = end('void readFile(process.argv[1]);');
    expect(status).to.equal(130);
    expect(stdout).to.equal('exit handlers ran\n');
  });

  it('ends although a thread waits for a pipe that nobody writes', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const { signal, stdout, error } = end('void readFile(process.argv[2]);');
    expect(error, 'it took more than eight seconds').to.equal(undefined);
    expect(signal, 'a shell reports this as 130').to.equal('SIGINT');
    expect(stdout).to.equal('exit handlers ran\n');
  });

  it('ends with its exit code where the file system was only slow', () => {
    execFileSync('mkfifo', [join(folder, 'slow')]);
    const slow = join(folder, 'slow');
    const writer = `const { spawn } = await import('node:child_process');
      spawn('sh', ['-c', 'sleep 0.7; echo > ' + ${JSON.stringify(slow)}], { stdio: 'ignore' });
      void readFile(${JSON.stringify(slow)});`;
    const { status, signal } = end(writer, 70);
    expect({ status, signal }).to.deep.equal({ status: 70, signal: null });
  });

  it('ends so with a code that no signal stands for too', () => {
    execFileSync('mkfifo', [join(folder, 'another')]);
    const stuck = `process.on('SIGINT', () => {}); void readFile(process.argv[2].replace(/pipe$/, 'another'));`;
    expect(end(stuck, 70).signal).to.equal('SIGKILL');
    expect(end(stuck).signal, 'although the program handles it').to.equal('SIGINT');
  });

  it('kills children after eight seconds, and ends itself before ten', () => {
    using timers = heldTimers();
    const done: string[] = [];
    endInTime({
      killChildren: () => done.push('children'),
      end: () => done.push('program'),
    });
    timers.advance(7_900);
    expect(done).to.deep.equal([]);
    timers.advance(200);
    expect(done).to.deep.equal(['children']);
    timers.advance(900); // ending may take a second
    expect(done).to.deep.equal(['children', 'program']);
  });
});
