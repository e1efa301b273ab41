import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from '../model/process-identity.js';
import { signalGroup } from './process-group.js';
import { readAllProcStats } from './proc-stat.js';
import { identify } from './process-identity.js';

/**
 * Ends the process group of a program that a dead run has left behind; whether there was one. The leader is told by
 * pid and start time. Where it is gone and others of its group live, the group is still its own: while it has members,
 * no new process can lead one with that number.
 */
export async function endLeftOver(leader: ProcessIdentity): Promise<boolean> {
  const now = await identify(leader.pid);
  if (now !== undefined && now.startedAt !== leader.startedAt) return false; // the number is another's by now
  if (now === undefined && !(await hasMembers(leader.pid))) return false;
  for (const [signal, graceMs] of [
    ['SIGTERM', 5_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if (!signalGroup(leader.pid, signal) || (await emptied(leader.pid, graceMs))) return true;
  }
  return true;
}

/** Whether all members are gone in time. A zombie counts as gone: it waits for whoever inherited it. */
async function emptied(groupId: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (await hasMembers(groupId)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Whether a living process belongs to the group; false on systems without /proc. */
async function hasMembers(groupId: number): Promise<boolean> {
  return (await readAllProcStats()).some(({ group, state }) => group === groupId && state !== 'Z');
}
