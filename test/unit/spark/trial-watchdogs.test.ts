import { expect } from 'chai';
import { once } from 'node:events';
import { pid } from 'node:process';
import type { MachineReserves } from '../../../src/process/machine-reserves.js';
import { readReserves } from '../../../src/process/machine-reserves.js';
import { readProcStat } from '../../../src/process/proc-stat.js';
import { watchTrial } from '../../../src/spark/trial-watchdogs.js';

const plenty = 1e12;
const noLimits = { diskReserveBytes: 0, memoryReserveBytes: 0 };
const batch = (ms: number) =>
  `{"event":"progress","durationMs":{"triggerExecution":${String(ms)}}}`;

describe('the watchdogs of a trial', () => {
  const where = { folder: '.', backToBack: true };
  const ended = async ({ signal }: { readonly signal: AbortSignal }) => {
    if (!signal.aborted) await once(signal, 'abort');
  };

  it('end it where a batch takes too long', () => {
    using dogs = watchTrial({ ...noLimits, batchSeconds: 2 }, where);
    dogs.onLine(batch(1_999));
    expect(dogs.signal.aborted).to.equal(false);
    dogs.onLine(batch(2_001));
    expect(dogs.signal.aborted).to.equal(true);
    expect(dogs.outcome()).to.include({
      failureClass: 'stuck-batch',
      reason: 'a batch took 2.0 s, more than its limit of 2 s',
    });
  });

  it('end it where a batch does not end, and say which limit it was', async () => {
    using stuck = watchTrial({ ...noLimits, batchSeconds: 0.05, stallSeconds: 60 }, where);
    using still = watchTrial({ ...noLimits, batchSeconds: 60, stallSeconds: 0.05 }, where);
    stuck.onLine('{"event":"started"}');
    still.onLine('{"event":"started"}');
    await Promise.all([ended(stuck), ended(still)]);
    expect(stuck.outcome()).to.include({ failureClass: 'stuck-batch' });
    expect(still.outcome()).to.include({ failureClass: 'no-progress' });
  });

  it('do not take a pause between batches for a batch', async () => {
    const limits = { ...noLimits, batchSeconds: 0.05, stallSeconds: 0.15 };
    using dogs = watchTrial(limits, { ...where, backToBack: false });
    dogs.onLine('{"event":"started"}');
    await ended(dogs);
    expect(dogs.outcome()).to.include({ failureClass: 'no-progress' });
  });

  const looking = async (left: MachineReserves, group?: number) => {
    const limits = { diskReserveBytes: 1_000_000_000, memoryReserveBytes: 200_000_000 };
    using dogs = watchTrial(limits, { ...where, reserves: () => Promise.resolve(left) });
    if (group !== undefined) dogs.onProcess(group);
    await ended(dogs);
    return dogs.outcome();
  };
  const memory = { bytes: 100_000_000, ofBytes: plenty };

  it('end it before the disk is full', async () => {
    expect(await looking({ diskBytes: 9e8, memory: null })).to.deep.include({
      failureClass: 'disk-full',
      reason: 'only 900 MB were left on the disk, less than the reserve of 1000 MB',
      infrastructure: true,
    });
  });

  it('end it before the memory is used up, and tell a cause from a victim', async () => {
    expect(await looking({ diskBytes: plenty, memory })).to.deep.include({
      failureClass: 'memory-short',
      infrastructure: true,
    });
    const { group } = (await readProcStat(pid))!;
    const small = { bytes: 50_000_000, ofBytes: 60_000_000 };
    const own = await looking({ diskBytes: plenty, memory: small }, group);
    expect(own).to.include({ failureClass: 'driver-out-of-memory' });
    expect(own).not.to.have.property('infrastructure');
  });

  it('read what this machine has left', async () => {
    const { diskBytes, memory: left } = await readReserves('.');
    expect(diskBytes).to.be.greaterThan(1e6);
    expect(left?.bytes).to.be.within(1e6, left?.ofBytes ?? 0);
  });
});
