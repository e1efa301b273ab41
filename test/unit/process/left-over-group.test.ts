import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endLeftOver } from '../../../src/process/left-over-group.js';
import { signalGroup } from '../../../src/process/process-group.js';
import { identify } from '../../../src/process/process-identity.js';
import { stateOf } from '../../helpers/process-state.js';

/** A group of two: a leader that has started a child, whose id it prints. */
async function startGroup(leaderStays: boolean) {
  const script = `import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print(child.pid, flush=True)
time.sleep(${leaderStays ? '600' : '0'})`;
  const leader = spawn('python3', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(leader, 'exit');
  const mark = await identify(leader.pid!);
  const [text] = (await once(leader.stdout, 'data')) as [Buffer];
  if (!leaderStays) await exited;
  return { mark: mark!, child: Number(text.toString()) };
}

describe('endLeftOver', () => {
  const started: number[] = [];
  const group = async (leaderStays: boolean) => {
    const found = await startGroup(leaderStays);
    started.push(found.mark.pid);
    return found;
  };
  afterEach(() => {
    for (const pid of started.splice(0)) signalGroup(pid, 'SIGKILL');
  });
  const isGone = (pid: number) => [undefined, 'Z'].includes(stateOf(pid));

  it('ends a whole group', async () => {
    const { mark, child } = await group(true);
    expect(await endLeftOver(mark)).to.equal(true);
    expect(isGone(child)).to.equal(true);
  });

  it('ends what is left of a group whose leader is gone', async () => {
    const { mark, child } = await group(false);
    expect(await endLeftOver(mark)).to.equal(true);
    expect(isGone(child)).to.equal(true);
  });

  it('leaves another process alone that has the number by now', async () => {
    const { mark, child } = await group(true);
    expect(await endLeftOver({ ...mark, startedAt: 'another time' })).to.equal(false);
    expect(isGone(child)).to.equal(false);
  });

  it('has nothing to do where nothing is left', async () => {
    const { mark } = await group(true);
    await endLeftOver(mark);
    expect(await endLeftOver(mark)).to.equal(false);
  });
});
