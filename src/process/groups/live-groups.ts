import { signalGroup } from './process-group.js';

const live = new Set<number>();

/** Remembers a started process group until `ended` settles. */
export function trackGroup(groupId: number, ended: Promise<unknown>): void {
  live.add(groupId);
  const forget = () => live.delete(groupId);
  ended.then(forget, forget);
}

/** The groups started by this process that still run. */
export function liveGroupIds(): ReadonlySet<number> {
  return live;
}

/** Last resort before a sudden exit: sends KILL to every group that still runs. */
export function killLiveGroups(): void {
  for (const groupId of live) signalGroup(groupId, 'SIGKILL');
}
