import { readFile, readdir } from 'node:fs/promises';
import { pid as ownPid } from 'node:process';
import { liveGroupIds } from './live-groups.js';

/** Clock ticks of all processors since boot. */
export interface CpuUse {
  readonly total: number;
  readonly busy: number;
  readonly steal: number;
  /** Of this process, of what it started, and of what those have ended. */
  readonly ours: number;
}

/** From /proc/stat and /proc/PID/stat (proc(5)); undefined on systems without them. */
export async function readCpuUse(): Promise<CpuUse | undefined> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => undefined);
  const ticks = /^cpu +(.*)$/m
    .exec(text ?? '')?.[1]
    ?.split(' ')
    .map(Number);
  if (ticks === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    ticks;
  const busy = user + nice + system + irq + softirq;
  return { busy, steal, total: busy + idle + iowait + steal, ours: await ticksOfOurs() };
}

async function ticksOfOurs(): Promise<number> {
  const groups = liveGroupIds();
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
      // After the name: state, parent, group, …; the times are fields 14 to 17 of proc(5).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ours = Number(name) === ownPid || groups.has(Number(fields[2]));
      const times = fields.slice(11, 15).map(Number);
      return ours ? times.reduce((sum, value) => sum + value, 0) : 0;
    }),
  );
  return found.reduce((sum, value) => sum + value, 0);
}
