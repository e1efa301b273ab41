import { expect } from 'chai';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { getuid } from 'node:process';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { expectError } from '../../helpers/expect-error.js';
import { simulatedRun } from '../../helpers/simulated-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('the commands for stored runs', function () {
  this.timeout(120_000);
  const root = temporaryFolder();
  let first: string;
  let second: string;
  before(async () => {
    first = await simulatedRun(root, { blocks: 1 });
    second = await simulatedRun(root);
  });
  const results = () => join(root, 'results');

  async function call(...argv: readonly string[]) {
    const { host, written } = testHost();
    const exitCode = await runCommandLine([...argv, '--results', results()], {
      ...host,
      cwd: root,
    });
    return { exitCode, ...written };
  }

  /** Every file of a folder with its time and size. */
  const filesOf = (folder: string) =>
    (readdirSync(folder, { recursive: true }) as string[]).sort().map((name) => {
      const { mtimeMs, size, ino } = statSync(join(folder, name));
      return { name, mtimeMs, size, ino };
    });

  it('list the runs with what they found, the newest first', async () => {
    const { out, err, exitCode } = await call('runs');
    expect(exitCode).to.equal(0);
    expect(err).to.equal('');
    expect(out.split('\n').filter((line) => !line.startsWith(' '))).to.deep.equal([
      second,
      first,
      '',
    ]);
    expect(out).to.contain('1 of 1 block done');
    expect(out).to.match(/better: spark\.sql\.shuffle\.partitions=4 \+\d+ % \(simulated\)/);
  });

  it('list them for programs', async () => {
    const listed = JSON.parse((await call('runs', '--json')).out) as Record<string, unknown>[];
    expect(listed.map(({ folder }) => folder)).to.deep.equal([second, first]);
    expect(listed[1]).to.include({
      name: 'simulated',
      state: 'complete',
      journal: 'whole',
      simulated: true,
      blocksDone: 1,
      blocksPlanned: 1,
    });
    const { startedAt } = JSON.parse(readFileSync(join(first, 'manifest.json'), 'utf8')) as {
      startedAt: string;
    };
    expect(listed[1]).to.include({ startedAt });
  });

  it('list a damaged run as such, and an empty results folder in words', async () => {
    const place = join(root, 'damaged');
    mkdirSync(place);
    expect(await runsIn(place)).to.deep.equal({ out: '', err: `There are no runs in ${place}.\n` });
    const run = join(place, basename(second));
    cpSync(second, run, { recursive: true });
    writeFileSync(join(run, 'plan.json'), '{}');
    mkdirSync(join(place, '2026-01-31T20-00-00-empty'));
    const { out } = await runsIn(place);
    expect(out).to.contain(`${run}\n  damaged: ${run}/plan.json: it was changed`);
    expect(out).to.match(/-empty\n {2}unreadable: .* it is empty/);
  });

  async function runsIn(place: string) {
    const { host, written } = testHost();
    await runCommandLine(['runs', '--results', place], host);
    return written;
  }

  it('take the newest run as latest, and a run by its name', async () => {
    const { out } = await call('status', 'latest', '--json');
    expect(JSON.parse(out)).to.include({ planned: 6 });
    expect(JSON.parse((await call('status', basename(first), '--json')).out)).to.include({
      planned: 3,
    });
    expect((await call('report', 'latest')).err).to.equal(
      `Report: ${second}/report.md   To look at: ${second}/report.html\n`,
    );
    expect((await call('answers', basename(first))).err).to.equal(
      `Written to ${first}/answers.md\n`,
    );
    const { message } = await expectError(call('resume', 'smulated'), 'RUN_NOT_FOUND');
    expect(message).to.contain(`Did you mean ${basename(second)}?`);
  });

  it('do nothing to resume a complete run, and say so', async () => {
    const before = filesOf(second);
    const { exitCode, out, err } = await call('resume', 'latest');
    expect(exitCode).to.equal(0);
    expect(out).to.equal('');
    expect(err).to.equal(
      `The run is complete: nothing is left to do. See it: streamtune report ${second}\n`,
    );
    expect(filesOf(second)).to.deep.equal(before);
  });

  it('refuse to resume on another experiment or another simulated model', async () => {
    const run = join(root, 'broken-off');
    cpSync(second, run, { recursive: true });
    const journal = join(run, 'journal.ndjson');
    const lines = readFileSync(journal, 'utf8').split('\n');
    writeFileSync(journal, `${lines.slice(0, 4).join('\n')}\n`);
    const over = /"trial-ended","trial":"([^"]+)"/.exec(lines[3]!)![1]!;
    for (const id of readdirSync(join(run, 'trials'))) {
      if (id !== over) rmSync(join(run, 'trials', id), { recursive: true });
    }
    const changes = [
      ['experiment.yaml', 'RUN_CHANGED', 'the experiment was'],
      ['simulation.yaml', 'RUN_DAMAGED', 'simulation.yaml: it was changed'],
      ['manifest.json', 'RUN_DAMAGED', 'manifest.json: it was changed'],
    ] as const;
    for (const [name, code, says] of changes) {
      const file = join(run, name);
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, `${text}\n`);
      const before = filesOf(run);
      expect((await expectError(call('resume', run), code)).message).to.contain(says);
      expect(filesOf(run), name).to.deep.equal(before);
      writeFileSync(file, text);
    }
    mkdirSync(join(run, 'run.lock'));
    const { message } = await expectError(call('resume', run), 'LOCK_UNUSABLE');
    expect(message).to.contain('run.lock is needed as a lock file, but').and.to.contain('folder');
    rmSync(join(run, 'run.lock'), { recursive: true });
    expect((await call('resume', run)).exitCode, 'with everything as it was').to.equal(0);
    expect((await call('status', run)).out).to.contain('6 of 6 trials done');
  });

  it('print what they would have written where nothing can be written', async () => {
    const run = join(root, 'unwritable');
    cpSync(second, run, { recursive: true });
    for (const name of ['report.md', 'answers.md']) {
      rmSync(join(run, name));
      mkdirSync(join(run, name));
    }
    const report = await call('report', run);
    expect(report.exitCode).to.equal(0);
    expect(report.out).to.contain('spark.sql.shuffle.partitions=4');
    expect(report.err).to.equal(
      `Not written: ${run}/report.md cannot be written: it is a folder, not a file.\n`,
    );
    const answers = await call('answers', run);
    expect(answers.out.trimEnd()).to.equal(
      readFileSync(join(second, 'answers.md'), 'utf8').trimEnd(),
    );
    expect(answers.err).to.match(/^Not written: .*answers\.md cannot be written/);
    expect(readdirSync(run).filter((name) => name.endsWith('.draft'))).to.deep.equal([]);
  });

  it('print what is in a folder that somebody may only read', function () {
    const run = join(root, 'read-only');
    cpSync(second, run, { recursive: true });
    const isRoot = getuid?.() === 0;
    const names = [
      run,
      ...(readdirSync(run, { recursive: true }) as string[]).map((n) => join(run, n)),
    ];
    // Root may write everywhere, so it calls as nobody.
    const nobody = 65_534;
    for (const name of names) {
      if (isRoot) chownSync(name, nobody, nobody);
      chmodSync(name, statSync(name).isDirectory() ? 0o500 : 0o400);
    }
    try {
      const as = isRoot ? { uid: nobody, gid: nobody } : {};
      const program = (...argv: readonly string[]) =>
        spawnSync(process.execPath, [projectPath('bin/streamtune.js'), ...argv], {
          ...as,
          cwd: '/',
          encoding: 'utf8',
        });
      const report = program('report', run);
      if (isRoot && report.stderr.includes('Cannot find module')) this.skip(); // a clone that is root's alone
      expect(report.stderr).to.contain('report.md cannot be written: permission denied');
      expect(report.status).to.equal(0);
      expect(report.stdout).to.contain('spark.sql.shuffle.partitions=4');
    } finally {
      for (const name of names) if (statSync(name).isDirectory()) chmodSync(name, 0o700);
    }
  });

  it('tell what is no run, each with its own message', async () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    const cases = [
      [empty, 'RUN_FOLDER_INVALID', 'is not a run folder: it is empty'],
      [root, 'RUN_FOLDER_INVALID', 'is not a run folder: it has no manifest.json'],
      [join(second, 'report.md'), 'RUN_FOLDER_INVALID', 'is a file, not a run folder'],
      [join(second, 'report.md', 'x'), 'RUN_NOT_FOUND', 'a part of its path is a file'],
      ['n\0ul', 'USAGE', 'it takes no NUL'],
      ['x'.repeat(300), 'RUN_NOT_FOUND', 'the name is too long'],
      ['results/none', 'RUN_NOT_FOUND', 'There is no run results/none'],
    ] as const;
    for (const command of ['report', 'answers', 'status', 'resume']) {
      for (const [given, code, says] of cases) {
        const error = await expectError(call(command, given), code);
        expect(error.message, command).to.contain(says);
      }
    }
    expect(existsSync(join(empty, 'run.lock'))).to.equal(false);
  });
});

describe('the results folder of a run', function () {
  this.timeout(120_000);
  const root = temporaryFolder();

  it('that cannot be one is refused with the reason', async () => {
    writeFileSync(join(root, 'a-file'), '');
    const cases = [
      ['a-file', 'it is a file, not a folder'],
      ['a-file/below', 'a part of its path is a file, not a folder'],
      ['x'.repeat(300), 'the name is too long'],
    ] as const;
    const nul = simulatedRun(root, { results: join(root, 'n\0ul') });
    expect((await expectError(nul, 'USAGE')).message).to.contain('it takes no NUL');
    for (const [name, says] of cases) {
      const results = join(root, name);
      const { message } = await expectError(simulatedRun(root, { results }), 'RESULTS_UNWRITABLE');
      expect(message).to.contain('cannot be created').and.to.contain(says);
    }
  });
});
