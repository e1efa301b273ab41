import { expect } from 'chai';
import { clockFault } from '../../../src/measure/faults/clock-fault.js';
import { jumpBetween, readClocks } from '../../../src/machine/clocks.js';
import { waitUntil } from '../../../src/process/wait-until.js';

const load = { load1: null, othersShare: null, stealShare: null, freeDiskBytes: null };

describe('the clocks', () => {
  it('agree while nothing happens', async () => {
    const before = await readClocks(Date.now);
    const after = await waitUntil({
      what: 'a while has passed',
      timeoutMs: 5_000,
      signal: new AbortController().signal,
      check: async () => {
        const now = await readClocks(Date.now);
        return now.monotonic > before.monotonic + 100 ? now : undefined;
      },
    });
    expect(after.wall).to.be.at.least(before.wall + 99);
    const { setMs, sleptMs } = jumpBetween(before, after);
    expect(Math.abs(setMs)).to.be.lessThan(500);
    expect(sleptMs).to.be.lessThan(500);
  });

  it('tell that somebody has set the time of day', async () => {
    const before = await readClocks(Date.now);
    const after = await readClocks(() => Date.now() - 3_600_000);
    const clock = jumpBetween(before, after);
    expect(clock.setMs).to.be.closeTo(-3_600_000, 500);
    expect(clockFault({ ...load, clock })).to.deep.equal({
      kind: 'clock',
      sleptMs: 0,
      setMs: clock.setMs,
    });
  });

  it('tell that the machine has slept', () => {
    const before = { wall: 1e12, monotonic: 5_000, sinceBoot: 70_000 };
    const after = { wall: 1e12 + 490_000, monotonic: 15_000, sinceBoot: 560_000 };
    const clock = jumpBetween(before, after);
    expect(clock).to.deep.equal({ setMs: 0, sleptMs: 480_000 });
    expect(clockFault({ ...load, clock })).to.deep.equal({
      kind: 'clock',
      sleptMs: 480_000,
      setMs: 0,
    });
    const unknown = jumpBetween({ ...before, sinceBoot: null }, { ...after, sinceBoot: null });
    expect(unknown).to.deep.equal({ setMs: 0, sleptMs: 480_000 });
  });

  it('are not blamed for what NTP does', () => {
    expect(clockFault({ ...load, clock: { setMs: 1_500, sleptMs: 0 } })).to.equal(undefined);
    expect(clockFault({ ...load, clock: { setMs: 0, sleptMs: 0 } })).to.equal(undefined);
    expect(clockFault(null)).to.equal(undefined);
  });
});
