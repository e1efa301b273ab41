import { posix } from 'node:path';

/** A part of a rolling event log: `events_12_app-…`, `events_12_app-….zstd`, `events_12_app-….zstd.compact`. */
const rollingPart = /^events_(\d+)_.*?(\.compact)?$/;

/** Whether a file is a part of a rolling event log, which has more such parts beside it. */
export function isRollingPart(path: string): boolean {
  return rollingPart.test(posix.basename(path));
}

/**
 * Names of log files as they are to be read: the parts of a rolling event log by their index, without those that a
 * compaction has taken in (Spark, `RollingEventLogFilesFileReader`), and without the marks beside them.
 */
export function logOrder(names: readonly string[]): string[] {
  const logs = names.filter((name) => !/^(?:appstatus_|\.|_)|\.crc$/.test(posix.basename(name)));
  const parts = logs.map((name) => ({ name, folder: posix.dirname(name), ...indexOf(name) }));
  const lastCompact = new Map<string, number>();
  for (const { folder, index, isCompact } of parts) {
    if (isCompact) lastCompact.set(folder, Math.max(index, lastCompact.get(folder) ?? 0));
  }
  return parts
    .filter(({ folder, index, isCompact }) => {
      const compacted = lastCompact.get(folder);
      return compacted === undefined || index > compacted || (isCompact && index === compacted);
    })
    .sort((a, b) => compare(a.folder, b.folder) || a.index - b.index || compare(a.name, b.name))
    .map(({ name }) => name);
}

function indexOf(name: string): { readonly index: number; readonly isCompact: boolean } {
  const found = rollingPart.exec(posix.basename(name));
  return { index: Number(found?.[1] ?? Infinity), isCompact: found?.[2] !== undefined };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
