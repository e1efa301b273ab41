import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../../../src/model/harness-error.js';
import { runCommand } from '../../../src/process/run-command.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { startService } from '../../../src/process/service.js';
import { signalGroup } from '../../../src/process/process-group.js';

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

  it('ends what a program leaves behind that was killed', async () => {
    const parent = `require("child_process").spawn(process.execPath,["-e","setInterval(()=>{},1e3)"],{stdio:"inherit"});setTimeout(()=>process.kill(process.pid,"SIGKILL"),300)`;
    let group = 0;
    const result = await runCommand(node(parent), {
      signal: never,
      timeoutMs: 20_000,
      onStart: (pid) => (group = pid),
    });
    expect(result).to.include({ endedBySignal: 'SIGKILL', timedOut: false });
    expect(signalGroup(group, 0)).to.equal(false);
  });

  it('ends the grandchild too when the time is up, although it ignores TERM', async () => {
    const grandchild = 'process.on("SIGTERM",()=>{});console.log("ready");setInterval(()=>{},1e3)';
    const parent = `require("child_process").spawn(process.execPath,["-e",${JSON.stringify(grandchild)}],{stdio:"inherit"});setInterval(()=>{},1e3)`;
    let group = 0;
    const result = await runCommand(node(parent), {
      signal: never,
      timeoutMs: 400,
      graceMs: 100,
      onStart: (pid) => (group = pid),
    });
    expect(result.timedOut).to.equal(true);
    expect(signalGroup(group, 0)).to.equal(false);
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
        stdoutFile,
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
      const service = await startService(node(script), { logFile });
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
