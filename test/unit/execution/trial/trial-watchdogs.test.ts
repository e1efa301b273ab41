import { expect } from 'chai';
import { once } from 'node:events';
import { pid } from 'node:process';
import type { MachineReserves } from '../../../../src/machine/machine-reserves.js';
import { readReserves } from '../../../../src/machine/machine-reserves.js';
import { readProcStat } from '../../../../src/process/groups/proc-stat.js';
import { watchTrial } from '../../../../src/execution/trial/trial-watchdogs.js';
import type { ProgressEvent } from '../../../../src/model/trial/progress-event.js';
import { progress } from '../../../helpers/progress.js';
import { heldTimers, type HeldTimers } from '../../../helpers/held-timers.js';
import { hasProc } from '../../../helpers/process-state.js';

const plenty = 1e12;
const noLimits = { diskReserveBytes: 0, memoryReserveBytes: 0 };
const started = { kind: 'started', at: 0 } as const;
const batch = (ms: number): ProgressEvent => ({
  kind: 'progress',
  at: 0,
  progress: progress({ batchId: 1, startedAt: 0, rows: 10, ms }),
});

describe('the watchdogs of a trial', () => {
  const unknown = () => Promise.resolve({ diskBytes: null, memory: null });
  const where = { directory: '.', reserves: unknown };
  let timers: HeldTimers;
  beforeEach(() => {
    timers = heldTimers();
  });
  afterEach(() => {
    timers[Symbol.dispose]();
  });

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

  it('end it where a batch does not end, and say which limit it was', () => {
    using stuck = watchTrial({ ...noLimits, batchSeconds: 30, stallSeconds: 60 }, {}, where);
    using still = watchTrial({ ...noLimits, batchSeconds: 90, stallSeconds: 60 }, {}, where);
    for (const dogs of [stuck, still]) dogs.onEvent(started);
    timers.advance(29_999);
    expect(stuck.signal.aborted).to.equal(false);
    timers.advance(1);
    expect(stuck.signal.aborted).to.equal(true);
    expect(stuck.end()).to.deep.include({
      failureClass: 'stuck-batch',
      cause: { kind: 'batch-unfinished', limitSeconds: 30 },
    });
    timers.advance(29_999);
    expect(still.signal.aborted).to.equal(false);
    timers.advance(1);
    expect(still.signal.aborted).to.equal(true);
    expect(still.end()).to.include({ failureClass: 'no-progress' });
  });

  it('begin with the first sign of life, and wait anew from each', () => {
    using dogs = watchTrial({ ...noLimits, stallSeconds: 60 }, {}, where);
    timers.advance(3_600_000);
    dogs.onEvent(started);
    for (let count = 0; count < 5; count += 1) {
      timers.advance(59_999);
      dogs.onEvent(batch(100));
    }
    expect(dogs.signal.aborted).to.equal(false);
    timers.advance(60_000);
    expect(dogs.end()).to.include({ failureClass: 'no-progress' });
  });

  it('take a trigger that is left unset for none', () => {
    const limits = { ...noLimits, batchSeconds: 30, stallSeconds: 60 };
    using dogs = watchTrial(limits, { 'trigger.processingTime': null }, where);
    dogs.onEvent(started);
    timers.advance(30_000);
    expect(dogs.end()).to.include({ failureClass: 'stuck-batch' });
  });

  it('do not take a pause between batches for a batch', () => {
    const limits = { ...noLimits, batchSeconds: 30, stallSeconds: 60 };
    using dogs = watchTrial(limits, { 'trigger.processingTime': '1 second' }, where);
    dogs.onEvent(started);
    timers.advance(59_999);
    expect(dogs.signal.aborted).to.equal(false);
    timers.advance(1);
    expect(dogs.end()).to.include({ failureClass: 'no-progress' });
  });

  it('are quiet once the trial is over', () => {
    const limits = { ...noLimits, batchSeconds: 30, stallSeconds: 60 };
    const dogs = watchTrial(limits, {}, where);
    dogs.onEvent(started);
    dogs[Symbol.dispose]();
    timers.advance(3_600_000);
    expect(dogs.signal.aborted).to.equal(false);
    expect(dogs.end()).to.equal(undefined);
  });

  /** The outcome of the first look at a machine that has so much left. */
  const looking = async (left: MachineReserves, group?: number) => {
    const limits = { diskReserveBytes: 1_000_000_000, memoryReserveBytes: 200_000_000 };
    using dogs = watchTrial(limits, {}, { ...where, reserves: () => Promise.resolve(left) });
    if (group !== undefined) dogs.onProcess(group);
    await once(dogs.signal, 'abort');
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

  it('leave it alone on a machine that has enough', async () => {
    let looks = 0;
    const left = { diskBytes: 1e9, memory: { bytes: 2e8, ofBytes: plenty } };
    const limits = { diskReserveBytes: 1e9, memoryReserveBytes: 2e8 };
    const reserves = () => {
      looks += 1;
      return Promise.resolve(left);
    };
    using dogs = watchTrial(limits, {}, { ...where, reserves });
    timers.advance(10_000);
    await new Promise(setImmediate);
    expect(looks, 'at once, and each second').to.equal(11);
    expect(dogs.signal.aborted).to.equal(false);
  });

  it('end it before the memory is used up', async () => {
    expect(await looking({ diskBytes: plenty, memory })).to.deep.include({
      failureClass: 'memory-short',
      infrastructure: true,
    });
  });

  it('tell the cause of a want of memory from its victim', async function () {
    if (!hasProc) {
      console.error('NOT CHECKED: how much memory a job holds, as that needs a /proc');
      this.skip();
    }
    const { group } = (await readProcStat(pid))!;
    const small = { bytes: 50_000_000, ofBytes: 60_000_000 };
    const own = await looking({ diskBytes: plenty, memory: small }, group);
    expect(own).to.include({ failureClass: 'driver-out-of-memory' });
    expect(own).not.to.have.property('infrastructure');
  });

  it('read what this machine has left', async () => {
    const { diskBytes, memory: left } = await readReserves('.');
    expect(diskBytes).to.be.greaterThan(1e6);
    if (hasProc) expect(left?.bytes).to.be.within(1e6, left?.ofBytes ?? 0);
    else expect(left).to.equal(null);
  });
});
