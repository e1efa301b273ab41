import { readFile } from 'node:fs/promises';
import { pid as ownPid } from 'node:process';
import { liveGroupIds } from '../process/groups/live-groups.js';
import { readAllProcStats } from '../process/groups/proc-stat.js';

/** Clock ticks of all processors since boot. */
export interface CpuUse {
  readonly total: number;
  readonly busy: number;
  readonly steal: number;
  /** Of this process, the processes it started, those of the other groups, and their children that have ended. */
  readonly ours: number;
}

/** From /proc/stat and /proc/PID/stat (proc(5)); undefined on systems without them. `others`: groups that are ours too. */
export async function readCpuUse(others: ReadonlySet<number>): Promise<CpuUse | undefined> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => undefined);
  const ticks = /^cpu +(.*)$/m
    .exec(text ?? '')?.[1]
    ?.split(' ')
    .map(Number);
  if (ticks === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    ticks;
  const busy = user + nice + system + irq + softirq;
  return { busy, steal, total: busy + idle + iowait + steal, ours: await ticksOfOurs(others) };
}

async function ticksOfOurs(others: ReadonlySet<number>): Promise<number> {
  const groups = liveGroupIds();
  const ours = (await readAllProcStats()).filter(
    ({ pid, group }) => pid === ownPid || groups.has(group) || others.has(group),
  );
  return ours.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0);
}
