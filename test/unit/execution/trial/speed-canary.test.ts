import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../../../src/process/wait-until.js';
import { projectPath } from '../../../../src/process/project-paths.js';
import { speedCanary } from '../../../../src/execution/trial/speed-canary.js';
import { hasProc, isRunning, processesWith, stateOf } from '../../../helpers/process-state.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { testHost } from '../../../helpers/test-host.js';

const { signal } = testHost().host;
const until = async (what: string, holds: () => boolean) =>
  await waitUntil({ what, timeoutMs: 10_000, signal, check: () => (holds() ? true : undefined) });

/** A busy process stands for the JVM; the canary, its signals and its death are real. */
describe('the speed canary', function () {
  this.timeout(20_000);
  const folder = temporaryFolder();
  before(function () {
    if (hasProc) return;
    console.error('NOT CHECKED: the speed canary, as it needs Linux');
    this.skip();
  });
  let job: ChildProcess;
  let trials = 0;
  beforeEach(() => {
    job = spawn('python3', ['-c', 'while True: pass'], { stdio: 'ignore' });
  });
  afterEach(() => {
    job.kill('SIGKILL');
  });
  const jobRuns = () => isRunning(job.pid!);

  function canaryOfNewTrial() {
    trials += 1;
    const directory = join(folder, `trial-${String(trials)}`);
    mkdirSync(directory);
    const confFile = join(directory, 'effective-conf.json');
    writeFileSync(confFile, JSON.stringify({ jvmPid: job.pid }));
    const env = { PATH: process.env['PATH'] };
    const canary = speedCanary({ python: 'python3', env, directory, confFile });
    const file = join(directory, 'canary.ndjson');
    const readings = () =>
      existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
    const pid = () => processesWith('speed_canary.py', directory)[0];
    return { canary, file, readings, pid };
  }

  it('reads while the job runs, and leaves it running at its end', async () => {
    const { canary, readings, pid } = canaryOfNewTrial();
    canary.begin();
    canary.begin();
    await until('three readings are there', () => readings() >= 3);
    expect(processesWith('speed_canary.py', folder)).to.have.length(1);
    const { readings: read, problem } = await canary.end();
    expect(problem).to.equal(undefined);
    expect(read).to.have.length.greaterThan(2);
    for (const reading of read) {
      expect(reading.cpuMs).to.be.greaterThan(0.1);
      expect(reading.frozenMs).to.be.greaterThan(reading.cpuMs);
    }
    expect(pid()).to.equal(undefined);
    expect(jobRuns()).to.equal(true);
  });

  it('ends with the job', async () => {
    const { canary, readings, pid } = canaryOfNewTrial();
    canary.begin();
    await until('a reading is there', () => readings() >= 1);
    job.kill('SIGKILL');
    await until('the canary has ended', () => pid() === undefined);
    expect((await canary.end()).problem).to.equal(undefined);
  });

  it('never begins where the session did not come so far', async () => {
    const { canary } = canaryOfNewTrial();
    expect(await canary.end()).to.deep.equal({ readings: [], problem: undefined });
  });

  it('makes the trial invalid when it is killed between two readings', async () => {
    const { canary, readings, pid } = canaryOfNewTrial();
    canary.begin();
    await until('a reading is there', () => readings() >= 1);
    await until('the job runs', jobRuns);
    process.kill(pid()!, 'SIGKILL');
    await until('the canary has ended', () => pid() === undefined);
    await until('the job runs', jobRuns);
    expect((await canary.end()).problem).to.deep.include({
      kind: 'canary-died',
      signal: 'SIGKILL',
    });
  });

  it('leaves no job stopped when it is killed while the job stands still', async () => {
    const { canary, readings, pid } = canaryOfNewTrial();
    canary.begin();
    await until('a reading is there', () => readings() >= 1);
    const canaryPid = pid()!;
    // Stopped itself in the few milliseconds in which the job is, the canary can be killed there for sure.
    for (let caught = false; !caught;) {
      // Nothing may be awaited here: the job stands still for less time than that takes.
      const deadline = performance.now() + 10_000;
      while (stateOf(job.pid!) !== 'T' && performance.now() < deadline);
      expect(isRunning(canaryPid), 'the canary reads').to.equal(true);
      process.kill(canaryPid, 'SIGSTOP');
      await until('the canary stands still', () => stateOf(canaryPid) === 'T');
      caught = stateOf(job.pid!) === 'T';
      if (!caught) process.kill(canaryPid, 'SIGCONT');
    }
    process.kill(canaryPid, 'SIGKILL');
    await until('the job runs again', jobRuns);
    expect((await canary.end()).problem).to.deep.include({
      kind: 'canary-died',
      jobWasStopped: true,
    });
  });

  it('ends, with the job running, when whoever started it is killed', async () => {
    const { readings, file, pid } = canaryOfNewTrial();
    const owner = spawn(
      'python3',
      [
        '-c',
        'import subprocess, sys; subprocess.run(sys.argv[1:])',
        ...['python3', projectPath('spark-jobs/speed_canary.py'), String(job.pid), file],
      ],
      { stdio: 'ignore' },
    );
    await until('a reading is there', () => readings() >= 1);
    owner.kill('SIGKILL');
    await until('the canary has ended', () => pid() === undefined);
    expect(jobRuns()).to.equal(true);
  });
});
