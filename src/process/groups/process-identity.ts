import { readFile } from 'node:fs/promises';
import { kill } from 'node:process';
import type { ProcessIdentity } from '../../model/process-identity.js';
import { readProcStat } from './proc-stat.js';

/** The identity of a live process; undefined if there is none with that pid. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const startedAt = (await startFromProc(pid)) ?? (await startFromPs(pid));
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Resumes exactly this process if it was stopped (SIGSTOP); returns whether it was. Linux only, elsewhere false. */
export async function resumeIfStopped(identity: ProcessIdentity): Promise<boolean> {
  const stat = await readProcStat(identity.pid);
  if (stat?.state !== 'T' || !(await isAlive(identity))) return false;
  kill(identity.pid, 'SIGCONT');
  return true;
}

/** Whether exactly this process is still alive. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await identify(identity.pid);
  return now?.startedAt === identity.startedAt;
}

/** The start time in clock ticks after boot, with the boot's id; a zombie counts as gone. */
async function startFromProc(pid: number): Promise<string | undefined> {
  const stat = await readProcStat(pid);
  if (stat === undefined || stat.state === 'Z') return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined);
  return boot === undefined ? undefined : `${stat.startTicks}@${boot.trim()}`;
}

/** For systems without /proc (macOS). */
async function startFromPs(pid: number): Promise<string | undefined> {
  const { execa } = await import('execa');
  const result = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], { reject: false });
  const text = (result.stdout as string | undefined)?.trim() ?? '';
  return text === '' ? undefined : text;
}
