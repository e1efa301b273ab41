import { readFile } from 'node:fs/promises';
import { kill } from 'node:process';
import { execa } from 'execa';

/** A process told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; only ever compared for equality. */
  readonly startedAt: string;
}

/** The identity of a living process, or undefined if there is none with that id. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const startedAt = (await startFromProc(pid)) ?? (await startFromPs(pid));
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Wakes exactly this process if it was stopped (SIGSTOP); whether it was. Linux only, elsewhere false. */
export async function resumeIfStopped(identity: ProcessIdentity): Promise<boolean> {
  const stat = await readFile(`/proc/${String(identity.pid)}/stat`, 'utf8').catch(() => '');
  const state = stat.slice(stat.lastIndexOf(')') + 2)[0];
  if (state !== 'T' || !(await isAlive(identity))) return false;
  kill(identity.pid, 'SIGCONT');
  return true;
}

/** Whether exactly this process still lives. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await identify(identity.pid);
  return now?.startedAt === identity.startedAt;
}

/** Field 22 of /proc/PID/stat, clock ticks after boot, with the boot's id; a zombie counts as gone (proc(5)). */
async function startFromProc(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${fields[19] ?? ''}@${boot.trim()}`;
  } catch {
    return undefined;
  }
}

/** For systems without /proc (macOS). */
async function startFromPs(pid: number): Promise<string | undefined> {
  const result = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], { reject: false });
  const text = (result.stdout as string | undefined)?.trim() ?? '';
  return text === '' ? undefined : text;
}
