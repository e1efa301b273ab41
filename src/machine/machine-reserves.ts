import { readFile, statfs } from 'node:fs/promises';

/** Free disk and memory, in bytes; null if the system does not report it. */
export interface MachineReserves {
  readonly diskBytes: number | null;
  readonly memory: MemoryReserve | null;
}

interface MemoryReserve {
  readonly bytes: number;
  /** The total that programs can use. */
  readonly ofBytes: number;
}

/** Reads the free space on the folder's disk, and the memory still available to programs. */
export async function readReserves(folder: string): Promise<MachineReserves> {
  return { diskBytes: await freeDisk(folder), memory: await availableMemory() };
}

/** Free bytes for non-root users on the folder's file system. */
export async function freeDisk(folder: string): Promise<number | null> {
  return await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}

/** MemAvailable (proc(5)), or what the control group has left (cgroups(7), version 2) if that is less. */
async function availableMemory(): Promise<MemoryReserve | null> {
  const info = await readText('/proc/meminfo');
  const [available, total] = [kilobytes(info, 'MemAvailable:'), kilobytes(info, 'MemTotal:')];
  if (available === undefined || total === undefined) return null;
  const machine = { bytes: available, ofBytes: total };
  const limit = Number(await readText('/sys/fs/cgroup/memory.max'));
  const used = Number(await readText('/sys/fs/cgroup/memory.current'));
  if (!(limit > 0) || !(used > 0)) return machine;
  // The page cache counts as used, although it is reclaimed on demand.
  const cache = /^inactive_file (\d+)$/m.exec(await readText('/sys/fs/cgroup/memory.stat'))?.[1];
  const left = limit - used + Number(cache ?? 0);
  return left < available ? { bytes: left, ofBytes: limit } : machine;
}

function kilobytes(text: string, name: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(name));
  return line === undefined ? undefined : 1_024 * Number(/\d+/.exec(line)?.[0]);
}

async function readText(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '');
}

/** The number of processes the kernel has killed since boot because memory ran out; null if it does not report it. */
export async function readOomKills(): Promise<number | null> {
  const count = /^oom_kill (\d+)$/m.exec(await readText('/proc/vmstat'))?.[1];
  return count === undefined ? null : Number(count);
}
