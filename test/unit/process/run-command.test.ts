import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../../../src/model/harness-error.js';
import { runCommand, type RunOptions } from '../../../src/process/run-command.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { startService } from '../../../src/process/service.js';
import { signalGroup } from '../../../src/process/groups/process-group.js';
import { heldTimers } from '../../helpers/held-timers.js';
import { isGone, isRunning } from '../../helpers/process-state.js';

const never = new AbortController().signal;
const node = (script: string) => ({ file: process.execPath, args: ['-e', script], env: {} });

describe('runCommand', () => {
  it('gives back exit code and both streams', async () => {
    const result = await runCommand(
      node('console.log("out"); console.error("err"); process.exitCode = 3'),
      { signal: never },
    );
    expect(result).to.include({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });

  it('passes arguments as they are, whatever a shell would make of them', async () => {
    const hostile = ['$(id)', '; rm -rf x', '"quoted"', "it's", 'a\nb', '*'];
    const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const result = await runCommand(
      { file: process.execPath, args: ['-e', script, '--', ...hostile], env: {} },
      { signal: never },
    );
    expect(JSON.parse(result.stdout)).to.deep.equal(hostile);
  });

  it('gives the child no environment but the one named', async () => {
    const result = await runCommand(
      { ...node('process.stdout.write(JSON.stringify(process.env))'), env: { ONLY: 'this' } },
      { signal: never },
    );
    expect(JSON.parse(result.stdout)).to.deep.equal({ ONLY: 'this' });
  });

  it('says why a program could not be started', async () => {
    const result = await runCommand(
      { file: '/no/such/program', args: [], env: {} },
      { signal: never },
    );
    expect(result.startError).to.contain('ENOENT');
  });

  const groups: number[] = [];
  afterEach(() => {
    for (const group of groups.splice(0)) signalGroup(group, 'SIGKILL'); // where a test has failed
  });

  /** A child with a child of its own, which says its id once it is there; `onTerm` is what that does on a TERM. */
  async function withGrandchild(onTerm: string, options: Partial<RunOptions>) {
    const grandchild = `process.on("SIGTERM",()=>{${onTerm}});console.log("ready",process.pid);setInterval(()=>{},1e3)`;
    const script = `require("child_process").spawn(process.execPath,["-e",${JSON.stringify(grandchild)}],{stdio:"inherit"});setInterval(()=>{},1e3)`;
    let child = 0;
    let said: (line: string) => void = () => undefined;
    const firstLine = new Promise<string>((resolve) => (said = resolve));
    const running = runCommand(node(script), {
      signal: never,
      onStart: (pid) => groups.push((child = pid)),
      onLine: said,
      ...options,
    });
    const early = running.then(({ stderr }) => `ended before its child was there: ${stderr}`);
    const [, pid] = /^ready (\d+)$/.exec(await Promise.race([firstLine, early])) ?? [];
    expect(isRunning(Number(pid)), 'the grandchild runs').to.equal(true);
    return { running, child, grandchild: Number(pid) };
  }

  it('ends what a program leaves behind that was killed', async () => {
    const { running, child, grandchild } = await withGrandchild('process.exit()', {});
    process.kill(child, 'SIGKILL');
    expect(await running).to.include({ endedBySignal: 'SIGKILL', timedOut: false });
    expect([isGone(child), isGone(grandchild)]).to.deep.equal([true, true]);
  });

  it('ends the grandchild too when the time is up, although it ignores TERM', async () => {
    using timers = heldTimers();
    const limit = { timeoutMs: 60_000, graceMs: 100 };
    const { running, child, grandchild } = await withGrandchild('', limit);
    timers.advance(59_999);
    expect(isRunning(child), 'up to its last millisecond').to.equal(true);
    timers.advance(1);
    expect((await running).timedOut).to.equal(true);
    expect([isGone(child), isGone(grandchild)]).to.deep.equal([true, true]);
  });

  it('ends the group and throws INTERRUPTED on abort', async () => {
    const controller = new AbortController();
    let group = 0;
    const running = runCommand(node('console.log("up");setInterval(()=>{},1e3)'), {
      signal: controller.signal,
      onStart: (pid) => (group = pid),
      onLine: () => {
        controller.abort();
      },
    });
    const error: unknown = await running.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(HarnessError).with.property('code', 'INTERRUPTED');
    expect(signalGroup(group, 0)).to.equal(false);
  });

  it('writes the complete output to files while keeping only its end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'streamtune-test-'));
    try {
      const stdoutFile = join(folder, 'out.log');
      const result = await runCommand(node('process.stdout.write("x".repeat(200000)+"END")'), {
        signal: never,
        files: { stdout: stdoutFile, stderr: join(folder, 'err.log') },
      });
      expect(result.stdout).to.have.length(65_536).and.match(/END$/);
      expect(await readFile(stdoutFile, 'utf8')).to.have.length(200_003);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('startService', () => {
  it('keeps a log, knows whether the program runs, and stops it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'streamtune-test-'));
    try {
      const logFile = join(folder, 'service.log');
      await writeFile(logFile, 'of a service before\n');
      const script = 'console.log("hello");setInterval(()=>{},1e3)';
      await using service = await startService(node(script), { logFile });
      expect(service.isRunning()).to.equal(true);
      await waitUntil({
        what: 'the service says hello',
        timeoutMs: 5_000,
        signal: never,
        check: async () => ((await service.logTail(9)).length > 0 ? true : undefined),
      });
      expect(await service.logTail(9)).to.deep.equal(['hello']);
      await service.stop();
      expect(service.isRunning()).to.equal(false);
      expect(signalGroup(service.pid, 0)).to.equal(false);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
