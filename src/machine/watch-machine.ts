import { loadavg, platform } from 'node:os';
import type { MachineLoad } from '../model/trial/machine-load.js';
import { jumpBetween, readClocks } from './clocks.js';
import { readCpuUse } from './cpu-use.js';
import { freeDisk } from './machine-reserves.js';

interface Watched {
  readonly now: () => number;
  /** Finds the process groups that work for a trial, and were not started here. */
  readonly groupsOfTrials: () => Promise<ReadonlySet<number>>;
}

/** Starts watching the machine; the returned function reports what happened until it is called. */
export async function watchMachine(
  folder: string,
  { now, groupsOfTrials }: Watched,
): Promise<() => Promise<MachineLoad>> {
  const clocks = await readClocks(now);
  const groups = await groupsOfTrials();
  const before = await readCpuUse(groups);
  return async () => {
    const after = await readCpuUse(groups);
    const total = before === undefined || after === undefined ? 0 : after.total - before.total;
    const share = (ticks: number) => Math.min(1, Math.max(0, ticks / total));
    const known = before !== undefined && after !== undefined && total > 0;
    return {
      load1: platform() === 'win32' ? null : (loadavg()[0] ?? null),
      othersShare: known ? share(after.busy - before.busy - (after.ours - before.ours)) : null,
      stealShare: known ? share(after.steal - before.steal) : null,
      freeDiskBytes: await freeDisk(folder),
      clock: jumpBetween(clocks, await readClocks(now)),
    };
  };
}
