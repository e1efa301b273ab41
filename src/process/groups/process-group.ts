import { setTimeout as sleep } from 'node:timers/promises';

/** Sends a signal to every process of the group; returns false if the group is gone. */
export function signalGroup(groupId: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-groupId, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Stops a whole process group: TERM, then KILL for what is left after the grace time. Resolves once `ended` has (the
 * leader was reaped) and no member of the group responds, at most two seconds after the KILL.
 */
export async function endGroup(
  groupId: number,
  ended: Promise<unknown>,
  graceMs: number,
): Promise<void> {
  if (!signalGroup(groupId, 'SIGTERM')) return;
  await groupGone(groupId, ended, graceMs);
  if (!signalGroup(groupId, 'SIGKILL')) return;
  await groupGone(groupId, ended, 2_000);
}

async function groupGone(
  groupId: number,
  ended: Promise<unknown>,
  withinMs: number,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  // The timer keeps this program alive: a service that outlives it does not.
  const over = new AbortController();
  const late = sleep(withinMs, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([ended.catch(() => undefined), late]);
  over.abort();
  while (performance.now() < deadline && signalGroup(groupId, 0)) await sleep(20);
}
