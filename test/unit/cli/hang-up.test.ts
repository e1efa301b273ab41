import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../src/process/project-paths.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** Real processes, started as a shell starts them, that are told that their terminal is gone. */
describe('a run that is sent a signal', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const program = projectPath('bin/streamtune.js');
  const night = [
    ...['run', projectPath('experiments/quick.yaml'), '--blocks', '100'],
    ...['--simulate', projectPath('experiments/simulated/lively-night.yaml')],
  ];
  const node = `'${process.execPath}' '${program}'`;

  /** Starts a night by a line for the shell, in which NIGHT stands for its arguments, and signals it in a trial. */
  async function signalled(line: string, signal: NodeJS.Signals, name: string) {
    const results = join(folder, name);
    const args = [...night, '--results', results].map((word) => `'${word}'`).join(' ');
    const shell = spawn('bash', ['-c', line.replace('NIGHT', args)], { cwd: folder });
    let said = '';
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const closed = once(shell, 'close');
    const run = await waitUntil({
      what: 'the night has begun',
      timeoutMs: 30_000,
      signal: new AbortController().signal,
      check: () => Promise.resolve(said.includes('block 2/') ? onlyIn(results) : undefined),
    });
    process.kill(pidOf(run), signal);
    await closed;
    return { state: stateOf(run), said };
  }

  const onlyIn = (results: string) => join(results, readdirSync(results)[0]!);
  const pidOf = (run: string) =>
    (JSON.parse(readFileSync(join(run, 'run.lock'), 'utf8')) as { pid: number }).pid;
  const stateOf = (run: string) =>
    (JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')) as { state: string }).state;

  it('goes on under nohup, by its own name and by Node', async () => {
    const lines = [`nohup '${program}' NIGHT`, `nohup ${node} NIGHT & wait`];
    const ended = lines.map((line, at) => signalled(line, 'SIGHUP', `nohup-${String(at)}`));
    for (const { state, said } of await Promise.all(ended)) {
      expect(said).not.to.contain('Shutting down');
      expect(state).to.equal('complete');
    }
  });

  it('goes on after Ctrl-C where a script has started it in the background', async () => {
    const { state, said } = await signalled(`'${program}' NIGHT & wait`, 'SIGINT', 'background');
    expect(said).not.to.contain('Shutting down');
    expect(state).to.equal('complete');
  });

  it('stops in order otherwise, and always when it is told to end', async () => {
    const [hangUp, byNode, terminate] = await Promise.all([
      signalled(`'${program}' NIGHT`, 'SIGHUP', 'plain'),
      signalled(`${node} NIGHT`, 'SIGHUP', 'plain-node'),
      signalled(`nohup '${program}' NIGHT`, 'SIGTERM', 'terminated'),
    ]);
    for (const { state, said } of [hangUp, byNode, terminate]) {
      expect(said).to.contain('Shutting down');
      expect(state).to.equal('interrupted');
    }
  });
});
