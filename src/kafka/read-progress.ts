import { isWithin, type PartRange } from './topic-range.js';

/**
 * An end of a partition that holds no record, such as the marker of a transaction, is never delivered. So many
 * fetches without a record, each of which the broker held back for kafkajs's five seconds, say that nothing else is there.
 */
const emptyFetches = 2;
/** Shorter ones have brought something, if only markers; kafkajs does not say how much. */
const heldBackMs = 1_000;

/** Notes what has been read of a range, and tells when all of it has. */
export function readProgress(ranges: readonly PartRange[]) {
  const open = new Map(
    ranges.filter(({ start, end }) => start < end).map(({ partition, end }) => [partition, end]),
  );
  let empty = 0;
  return {
    /** Whether everything has been read; never, if the range has no end. */
    isDone: () => open.size === 0,
    /** Notes a record; false if it is not in the range. */
    take: (record: { readonly partition: number; readonly offset: number }): boolean => {
      empty = 0;
      const { partition, offset } = record;
      if (offset >= (open.get(partition) ?? Infinity) - 1) open.delete(partition);
      return isWithin(ranges, record);
    },
    /** Notes that a fetch has ended, and how long it took; its records are taken after it. */
    fetched: (durationMs: number) => {
      if (durationMs < heldBackMs) return;
      empty += 1;
      if (empty <= emptyFetches) return; // the last one may have brought records that are not taken yet
      for (const [partition, end] of open) if (end !== Infinity) open.delete(partition);
    },
  };
}
