import { readFile, readdir } from 'node:fs/promises';

/** A process according to /proc/PID/stat (proc(5)). */
interface ProcStat {
  readonly pid: number;
  /** R, S, T (stopped), Z (zombie), … */
  readonly state: string;
  readonly group: number;
  /** Clock ticks of the process and of the children it has waited for. */
  readonly cpuTicks: number;
  readonly residentBytes: number;
  /** Clock ticks from boot to its start, as text. */
  readonly startTicks: string;
}

/** Holds for every processor that Spark runs on except some ARM ones, where processes look smaller. */
const pageBytes = 4_096;

/** Reads one process; undefined if it does not exist, or without /proc. */
export async function readProcStat(pid: number): Promise<ProcStat | undefined> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The second field is the name in brackets, which may contain anything; after it comes field 3.
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

/** Reads every process; empty without /proc. */
export async function readAllProcStats(): Promise<ProcStat[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(readProcStat));
  return found.filter((stat) => stat !== undefined);
}
