import type { Skipped, SkipReason } from '../../model/log/log-file.js';

/** Counts what was skipped, by reason, and remembers where it was first. */
export function skipTally() {
  const found = new Map<SkipReason, Skipped>();
  return {
    add: (reason: SkipReason, where: string, count = 1) => {
      const before = found.get(reason);
      found.set(reason, {
        reason,
        count: (before?.count ?? 0) + count,
        where: before?.where ?? where,
      });
    },
    all: (): Skipped[] => [...found.values()],
  };
}
