import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../src/process/project-paths.js';
import { readJournal } from '../../../src/store/journal.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** The real program in a process of its own, as a shell starts it. */
describe('the program', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const program = projectPath('bin/streamtune.js');
  const world = projectPath('experiments/simulated/lively-night.yaml');
  const shell = (line: string, cwd: string) =>
    spawnSync('bash', ['-c', line], { cwd, encoding: 'utf8' });

  it('says how to repeat a run, in a line that can be pasted as it is', () => {
    const place = join(folder, "it's a (new) folder");
    mkdirSync(place);
    copyFileSync(projectPath('experiments/quick.yaml'), join(place, 'my night.yaml'));
    copyFileSync(world, join(place, 'world.yaml'));
    const first = spawnSync(
      process.execPath,
      [program, 'run', 'my night.yaml', '--blocks', '2', '--simulate', 'world.yaml'],
      { cwd: place, encoding: 'utf8' },
    );
    expect(first.status, first.stderr).to.equal(0);
    const results = join(place, 'results');
    const report = readFileSync(join(results, readdirSync(results)[0]!, 'report.md'), 'utf8');
    const line = /## Repeat it\n\n```sh\n(.*)\n```/.exec(report)?.[1] ?? '';
    expect(line).to.contain("'my night.yaml' --blocks 2");
    const again = shell(line, place);
    expect(again.status, again.stderr).to.equal(0);
    expect(again.stdout).to.equal(first.stdout);
    expect(readdirSync(results)).to.have.length(2);
  });

  it('goes on with a night when nobody reads what it says any more', async () => {
    const results = join(folder, 'unread');
    const night = `'${process.execPath}' '${program}' run '${projectPath('experiments/quick.yaml')}' --simulate '${world}' --results '${results}'`;
    const { status, stdout } = shell(`${night} 2>&1 | head -n 1; exit \${PIPESTATUS[0]}`, folder);
    expect(stdout.trim().split('\n')).to.have.length(1);
    expect(status).to.equal(0);
    const run = join(results, readdirSync(results)[0]!);
    expect((await readJournal(run)).at(-1)?.event).to.deep.equal({
      kind: 'run-ended',
      why: 'complete',
    });
    expect(readFileSync(join(run, 'report.md'), 'utf8')).to.contain('All 9 trials have ended');
  });

  const night = (results: string, more = '') =>
    `'${process.execPath}' '${program}' run '${projectPath('experiments/quick.yaml')}' --simulate '${world}' --results '${join(folder, results)}' ${more}`;
  const reportOf = (results: string) =>
    readFileSync(
      join(folder, results, readdirSync(join(folder, results))[0]!, 'report.md'),
      'utf8',
    );

  it('says that data is lost on a full disk, after a run that has ended and written its files', () => {
    const { status, stderr } = shell(`${night('full-out')} > /dev/full`, folder);
    expect(status, stderr).to.equal(3);
    expect(stderr).to.match(/^Report: .*report\.md/m);
    expect(stderr).to.match(/^OUTPUT_LOST: Standard output .*no space left/m);
    expect(reportOf('full-out')).to.contain('All 9 trials have ended');
    const json = shell(`'${process.execPath}' '${program}' knobs --json > /dev/full`, folder);
    expect(json.status).to.equal(3);
    expect(json.stderr.match(/OUTPUT_LOST/g)).to.have.length(1);
  });

  it('goes on, and ends well, when its progress is lost on a full disk', () => {
    const { status, stdout } = shell(`${night('full-err')} 2> /dev/full`, folder);
    expect(status).to.equal(0);
    expect(stdout).to.contain('SIMULATED by');
    expect(reportOf('full-err')).to.contain('All 9 trials have ended');
  });

  it('says that events are lost on a full disk, after the run', () => {
    const { status, stdout, stderr } = shell(night('full-events', '--events /dev/full'), folder);
    expect(status, stderr).to.equal(3);
    expect(stderr).to.match(
      /^OUTPUT_LOST: (\d+) of \1 events could not be written to \/dev\/full/m,
    );
    expect(stdout).to.contain('SIMULATED by');
    expect(reportOf('full-events')).to.contain('All 9 trials have ended');
  });

  it('ends a forgotten failure with one message, not with a stack', () => {
    // As soon as the program listens for such failures, there is one.
    const fail = `process.on('newListener', (name) => {
      if (name === 'unhandledRejection') setImmediate(() => Promise.reject(new Error('nobody waited for this')));
    });`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(fail)}`, program, 'doctor'],
      { encoding: 'utf8' },
    );
    expect(status).to.equal(70);
    expect(stderr)
      .to.contain('INTERNAL: nobody waited for this')
      .and.not.to.match(/\n\s+at /);
  });
});
