import { expect } from 'chai';
import { once } from 'node:events';
import { pid } from 'node:process';
import type { MachineReserves } from '../../../src/process/machine-reserves.js';
import { readReserves } from '../../../src/process/machine-reserves.js';
import { readProcStat } from '../../../src/process/proc-stat.js';
import { watchTrial } from '../../../src/execution/trial-watchdogs.js';
import type { ProgressEvent } from '../../../src/model/progress-event.js';
import { progress } from '../../helpers/progress.js';

const plenty = 1e12;
const noLimits = { diskReserveBytes: 0, memoryReserveBytes: 0 };
const started = { kind: 'started', at: 0 } as const;
const batch = (ms: number): ProgressEvent => ({
  kind: 'progress',
  at: 0,
  progress: progress({ batchId: 1, startedAt: 0, rows: 10, ms }),
});

describe('the watchdogs of a trial', () => {
  const where = { directory: '.' };
  const ended = async ({ signal }: { readonly signal: AbortSignal }) => {
    if (!signal.aborted) await once(signal, 'abort');
  };

  it('end it where a batch takes too long', () => {
    using dogs = watchTrial({ ...noLimits, batchSeconds: 2 }, {}, where);
    dogs.onEvent(batch(1_999));
    expect(dogs.signal.aborted).to.equal(false);
    dogs.onEvent(batch(2_001));
    expect(dogs.signal.aborted).to.equal(true);
    expect(dogs.end()).to.deep.include({
      failureClass: 'stuck-batch',
      cause: { kind: 'batch-too-long', ms: 2_001, limitSeconds: 2 },
    });
  });

  it('end it where a batch does not end, and say which limit it was', async () => {
    using stuck = watchTrial({ ...noLimits, batchSeconds: 0.05, stallSeconds: 60 }, {}, where);
    using still = watchTrial({ ...noLimits, batchSeconds: 60, stallSeconds: 0.05 }, {}, where);
    stuck.onEvent(started);
    still.onEvent(started);
    await Promise.all([ended(stuck), ended(still)]);
    expect(stuck.end()).to.include({ failureClass: 'stuck-batch' });
    expect(still.end()).to.include({ failureClass: 'no-progress' });
  });

  it('take a trigger that is left unset for none', async () => {
    const limits = { ...noLimits, batchSeconds: 0.05, stallSeconds: 60 };
    using dogs = watchTrial(limits, { 'trigger.processingTime': null }, where);
    dogs.onEvent(started);
    await ended(dogs);
    expect(dogs.end()).to.include({ failureClass: 'stuck-batch' });
  });

  it('do not take a pause between batches for a batch', async () => {
    const limits = { ...noLimits, batchSeconds: 0.05, stallSeconds: 0.15 };
    using dogs = watchTrial(limits, { 'trigger.processingTime': '1 second' }, where);
    dogs.onEvent(started);
    await ended(dogs);
    expect(dogs.end()).to.include({ failureClass: 'no-progress' });
  });

  const looking = async (left: MachineReserves, group?: number) => {
    const limits = { diskReserveBytes: 1_000_000_000, memoryReserveBytes: 200_000_000 };
    using dogs = watchTrial(limits, {}, { ...where, reserves: () => Promise.resolve(left) });
    if (group !== undefined) dogs.onProcess(group);
    await ended(dogs);
    return dogs.end();
  };
  const memory = { bytes: 100_000_000, ofBytes: plenty };

  it('end it before the disk is full', async () => {
    expect(await looking({ diskBytes: 9e8, memory: null })).to.deep.include({
      failureClass: 'disk-full',
      cause: { kind: 'disk-reserve', leftBytes: 9e8, reserveBytes: 1e9 },
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
