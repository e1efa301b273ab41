import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { endLeftOver } from '../../../src/process/groups/left-over-group.js';
import { signalGroup } from '../../../src/process/groups/process-group.js';
import { identify } from '../../../src/process/groups/process-identity.js';
import { hasProc, isGone, isRunning } from '../../helpers/process-state.js';

/** A group of two: a leader, which stays or goes once it is known, and a child that it has started. */
async function startGroup(leaderStays: boolean) {
  const script = `import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print(child.pid, flush=True)
sys.stdin.readline()
time.sleep(${leaderStays ? '600' : '0'})`;
  const leader = spawn('python3', ['-c', script], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(leader, 'exit');
  const [text] = (await once(createInterface(leader.stdout), 'line')) as [string];
  const mark = await identify(leader.pid!);
  leader.stdin.end('known\n');
  if (!leaderStays) await exited;
  const child = Number(text);
  expect(isRunning(child), 'the child runs').to.equal(true);
  return { mark: mark!, child };
}

describe('endLeftOver', () => {
  before(function () {
    if (hasProc) return;
    console.error('NOT CHECKED: what ends left-over processes, as it needs a /proc');
    this.skip();
  });
  const started: number[] = [];
  const group = async (leaderStays: boolean) => {
    const found = await startGroup(leaderStays);
    started.push(found.mark.pid);
    return found;
  };
  afterEach(() => {
    for (const pid of started.splice(0)) signalGroup(pid, 'SIGKILL');
  });

  it('ends a whole group', async () => {
    const { mark, child } = await group(true);
    expect(await endLeftOver(mark)).to.equal(true);
    expect([isGone(mark.pid), isGone(child)]).to.deep.equal([true, true]);
  });

  it('ends what is left of a group whose leader is gone', async () => {
    const { mark, child } = await group(false);
    expect(await endLeftOver(mark)).to.equal(true);
    expect(isGone(child)).to.equal(true);
  });

  it('leaves another process alone that has the number by now', async () => {
    const { mark, child } = await group(true);
    expect(await endLeftOver({ ...mark, startedAt: 'another time' })).to.equal(false);
    expect([isRunning(mark.pid), isRunning(child)]).to.deep.equal([true, true]);
  });

  it('has nothing to do where nothing is left', async () => {
    const { mark } = await group(true);
    expect(await endLeftOver(mark)).to.equal(true);
    expect(await endLeftOver(mark)).to.equal(false);
  });
});
