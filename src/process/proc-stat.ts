import { readFile, readdir } from 'node:fs/promises';

/** What /proc/PID/stat says of a process (proc(5)). */
interface ProcStat {
  readonly pid: number;
  /** R, S, T (stopped), Z (zombie), … */
  readonly state: string;
  readonly group: number;
  /** Clock ticks of it and of the children that it has waited for. */
  readonly cpuTicks: number;
  readonly residentBytes: number;
  /** Clock ticks after boot, as text. */
  readonly startTicks: string;
}

/** Of every processor that Spark runs on but some ARM machines, where a process looks smaller than it is. */
const pageBytes = 4_096;

/** One process; undefined where there is none, or no /proc. */
export async function readProcStat(pid: number): Promise<ProcStat | undefined> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The second field is the name in brackets, which may hold anything; what follows it begins with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    state: fields[0] ?? '',
    group: Number(fields[2]),
    cpuTicks: fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0),
    residentBytes: pageBytes * Number(fields[21]),
    startTicks: fields[19] ?? '',
  };
}

/** Every process; none where there is no /proc. */
export async function readAllProcStats(): Promise<ProcStat[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(readProcStat));
  return found.filter((stat) => stat !== undefined);
}
