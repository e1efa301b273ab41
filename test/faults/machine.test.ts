import { expect } from 'chai';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { prepareRun } from '../../src/run/prepare-run.js';
import { sparkBackend } from '../../src/run/backends/spark-backend.js';
import { startRun } from '../../src/run/start-run.js';
import { delayedJob, plantedDelay } from '../../validation/spark/delayed-job.js';
import { projectPath } from '../../src/process/project-paths.js';
import { expectError } from '../helpers/expect-error.js';
import { observerOf } from '../helpers/observer-of.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { startStreamtune, streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';
import { underWay } from '../helpers/under-way.js';

describe('faults on the real thing: the machine', () => {
  const folder = temporaryFolder();

  it('a trial in which the clock jumps is tried once more', async () => {
    const file = smallNight(folder, 'design: { blocks: 1 }\nmeasurement: { warmup: 1s }\n');
    const { host } = testHost();
    let jumpedBy = 0;
    const jumping = { ...host, now: () => Date.now() + jumpedBy };
    const prepared = await prepareRun(file, { host: jumping });
    const observer = observerOf((event) => {
      if (event.kind === 'trial-progress' && event.position.trialNumber === 1) {
        jumpedBy = -3_600_000;
      }
    });
    const options = { host: jumping, observer };
    const backend = await sparkBackend(prepared, options);
    const { folder: run } = await startRun(prepared, backend, {
      ...options,
      resultsRoot: join(folder, 'clock'),
    });
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    expect(trials.filter(({ outcome }) => outcome === 'invalid')).to.have.length(1);
    const found = trials.find(({ outcome }) => outcome === 'invalid')!;
    expect(found.reason).to.match(/^the clock was set back by (3600|3599|3601) s$/);
    expect(trials.find(({ id }) => id === `${found.id}-retry`)?.outcome).to.equal('succeeded');
  });

  it('a job that really runs out of memory is a result, and a baseline that does stops the night', async () => {
    const file = join(folder, 'oom.yaml');
    writeFileSync(
      file,
      `version: 1
name: memory
data: { records: 1000000 }
knobs:
  spark.master: local[2]
  spark.driver.memory: 470m
  topic.partitions: 2
  spark.sql.shuffle.partitions: 2
  source.maxOffsetsPerTrigger: 250000
  job.window: 1 second
  job.watermark: 3000 days
  job.sink: memory
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 4m }
`,
    );
    const results = join(folder, 'memory');
    const { code, stderr } = await streamtune(['run', file, '--force', '--results', results]);
    expect(code, stderr).to.equal(1);
    expect(stderr).to.match(
      /^BASELINE_BROKEN: .*driver-out-of-memory: java\.lang\.OutOfMemoryError/m,
    );
    const { state, trials } = readSummary(join(results, readdirSync(results)[0]!));
    expect(state).to.equal('baseline-failed');
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(['failed', 'failed']);
  });

  it('a job with a batch that takes too long is ended', async () => {
    const limits = 'design: { blocks: 1 }\nmeasurement: { warmup: 1s, batchLimit: 3s }\n';
    const file = smallNight(folder, `  ${plantedDelay}: 4000\n${limits}`);
    const { host } = testHost();
    const given = await prepareRun(file, { host });
    const prepared = { ...given, job: delayedJob(given.job) };
    const options = { host, observer: observerOf(() => undefined) };
    const backend = await sparkBackend(prepared, options);
    const resultsRoot = join(folder, 'batch');
    const run = startRun(prepared, backend, { ...options, resultsRoot });
    const error = await expectError(run, 'BASELINE_BROKEN');
    expect(error.message).to.match(/stuck-batch: a batch /);
  });

  it('a job that hangs is ended, although it does not heed TERM', async () => {
    const limits = 'measurement: { warmup: 1s, stallLimit: 8s }\n';
    const file = smallNight(folder, `design: { blocks: 1 }\n${limits}`);
    const results = join(folder, 'hang');
    const running = startStreamtune(['run', file, '--results', results]);
    const { trial, job, run } = await underWay(results, 1);
    for (const pid of membersOf(job)) process.kill(pid, 'SIGSTOP');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(1);
    const { state, trials } = readSummary(run);
    expect(state).to.equal('complete');
    const hung = trials.find(({ id }) => id === trial)!;
    expect(hung.reason).to.equal('no-progress: no progress for 8 s (the stall limit)');
  });

  describe('on a small disk', () => {
    const disk = join(folder, 'disk');
    let holder: ChildProcess;
    before(async function () {
      mkdirSync(disk);
      // A mount namespace of its own: the small disk is gone with the process that holds it.
      const script = `mount -t tmpfs -o size=900m tmpfs '${disk}' && echo mounted && exec sleep 900`;
      holder = spawn('unshare', ['-m', 'sh', '-c', script], {
        cwd: '/',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const mounted = await new Promise<boolean>((resolve) => {
        holder.stdout?.once('data', () => {
          resolve(true);
        });
        holder.once('exit', () => {
          resolve(false);
        });
      });
      if (!mounted) this.skip();
    });
    after(() => {
      holder.kill('SIGKILL');
    });
    const inside = (args: readonly string[]) =>
      spawn(
        'nsenter',
        [
          '-t',
          String(holder.pid),
          '-m',
          process.execPath,
          projectPath('bin/streamtune.js'),
          ...args,
        ],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
    const ended = async (child: ChildProcess) => {
      let stderr = '';
      child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
      return { code, stderr };
    };

    it('a trial is ended before it is full, the night stops, and goes on when there is room', async () => {
      const limits = 'measurement: { warmup: 1s, diskReserve: 300MB }\n';
      const file = smallNight(folder, `design: { blocks: 1 }\n${limits}`);
      const seen = join('/proc', String(holder.pid), 'root', disk);
      const first = ended(inside(['run', file, '--results', join(disk, 'results')]));
      const { run, trial } = await underWay(join(seen, 'results'), 1);
      const filler = join(seen, 'filler');
      const megabyte = Buffer.alloc(1_000_000);
      for (let count = 0; count < 680; count += 1) appendFileSync(filler, megabyte);
      const { code, stderr } = await first;
      expect(code, stderr).to.equal(3);
      expect(stderr).to.match(/^DISK_FULL: Only \d+ MB left on the disk/m);
      expect(stderr).to.contain(`disk-full: only`);
      rmSync(filler);
      const report = readFileSync(join(run, 'report.md'), 'utf8');
      expect(report).to.contain('**Crashed: continue with `streamtune resume`');
      const again = await ended(inside(['resume', run.replace(seen, disk)]));
      expect(again.code, again.stderr).to.equal(1);
      const { state, trials } = readSummary(run);
      expect(state).to.equal('complete');
      expect(trials.find(({ id }) => id === `${trial}-retry`)?.outcome).to.equal('succeeded');
    });
  });
});

/** The members of a process group. */
function membersOf(group: number): number[] {
  return execFileSync('ps', ['-eo', 'pid=,pgid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, pgid]) => pgid === group)
    .map(([pid]) => pid!);
}
