import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from '../../model/process-identity.js';
import { signalGroup } from './process-group.js';
import { readAllProcStats } from './proc-stat.js';
import { identify } from './process-identity.js';

/**
 * Stops the process group that a crashed run left behind; returns whether there was one. The leader is identified by
 * pid and start time. If it is gone but other members live, the group is still the same one: while it has members, no
 * new process can get that number.
 */
export async function endLeftOver(leader: ProcessIdentity): Promise<boolean> {
  const now = await identify(leader.pid);
  if (now !== undefined && now.startedAt !== leader.startedAt) return false; // another process has the number now
  if (now === undefined && !(await hasMembers(leader.pid))) return false;
  for (const [signal, graceMs] of [
    ['SIGTERM', 5_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if (!signalGroup(leader.pid, signal) || (await emptied(leader.pid, graceMs))) return true;
  }
  return true;
}

/** Whether all members exit in time. A zombie counts as gone: it only waits to be reaped by its new parent. */
async function emptied(groupId: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (await hasMembers(groupId)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Whether a live process belongs to the group; false on systems without /proc. */
async function hasMembers(groupId: number): Promise<boolean> {
  return (await readAllProcStats()).some(({ group, state }) => group === groupId && state !== 'Z');
}
