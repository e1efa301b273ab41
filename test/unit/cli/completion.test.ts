import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { streamtune } from '../../helpers/streamtune.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

/** Completes words as Bash does after a TAB, one line for each call: what it would offer, or nothing. */
const script = `
source <(streamtune completion) || exit 1
offer() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _streamtune_yargs_completions
  echo "\${COMPREPLY[*]}"
}
complete -p streamtune
offer streamtune ru
offer streamtune run --sim
offer streamtune run ''
offer streamtune run --q
offer streamtune resume x -
offer streamtune kafka ''
`;

describe('completion', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const inShell = (shell: string) => ({ ...process.env, SHELL: shell });

  it('works in a real Bash, for the program as it is installed', function () {
    const probe = spawnSync('bash', ['-c', 'type mapfile']);
    if (probe.status !== 0) {
      console.error('NOT CHECKED: completion in Bash, as there is no Bash 4 or newer');
      this.skip();
    }
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(projectPath('bin/streamtune.js'), join(bin, 'streamtune'));
    const PATH = [bin, process.env['PATH']].join(delimiter);
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
      cwd: folder,
      env: { ...inShell('/bin/bash'), PATH },
      encoding: 'utf8',
    });
    expect(stderr).to.equal('');
    expect(stdout.split('\n')).to.deep.equal([
      'complete -o bashdefault -o default -F _streamtune_yargs_completions streamtune',
      'run runs',
      '--simulate',
      '', // where nothing is offered, `-o default` offers the names of files
      '--quiet',
      '--version --help --results --quiet -q --fail-on --fail-if --json --export-markdown --export-csv --export-json --events --serve --serve-port --on-finish --budget --until --force',
      'up down status',
      '',
    ]);
  });

  it('has a script for Zsh too, and says there what each command does', async () => {
    const { code, stdout } = await streamtune(['completion'], inShell('/bin/zsh'));
    expect(code).to.equal(0);
    expect(stdout).to.match(/^#compdef streamtune$/m);
    const asked = ['--get-yargs-completions', 'streamtune', ''];
    const offered = await streamtune(asked, inShell('/bin/zsh'));
    expect(offered.stdout).to.match(/^run:Run an experiment/m);
    expect(offered.stderr).to.equal('');
  });

  it('starts nothing of what stands in the line, and minds no mistake there', async () => {
    const env = { ...inShell('/bin/bash'), STREAMTUNE_CACHE: join(folder, 'cache') };
    const line = ['run', join(folder, 'none.yaml'), '--blocks', 'many', '--'];
    const asked = ['--get-yargs-completions', 'streamtune', ...line];
    const { code, stdout, stderr } = await streamtune(asked, env);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(/^--results$/m);
    expect(stdout, 'options and nothing else').not.to.match(/^[^-\n]/m);
    expect(existsSync(join(folder, 'cache'))).to.equal(false);
  });

  it('is found in the help, with how to have it', async () => {
    const { host, written } = testHost();
    await runCommandLine(['--help'], host);
    expect(written.out).to.match(/^ {2}streamtune completion +Print a script/m);
    expect(written.out).to.contain('streamtune completion >> ~/.bashrc');
  });
});
