import type { QueryBatches } from '../../model/log/imported-log.js';
import type { Skipped } from '../../model/log/log-file.js';
import type { LoggedEvent } from '../../model/log/logged-event.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';

/** About how much memory the batches of all queries may take. */
const mostBytes = 64 * 2 ** 20;
/** Names of queries that never finish a batch. */
const mostNames = 10_000;

interface Gathered {
  readonly runId: string;
  exception?: string | null;
  readonly progress: QueryProgress[];
  seen: Set<string>;
  bytes: number;
}

interface Gathering {
  readonly queries: Map<string, Gathered>;
  readonly names: Map<string, string>;
  readonly leftOut: { readBefore: number; notKept: number };
  bytes: number;
}

/**
 * Sorts the events of one or more logs by query. A batch that two logs tell of counts once. Of logs with more batches
 * than memory should hold, the newest are kept.
 */
export function queryGatherer(limitBytes: number = mostBytes) {
  const all: Gathering = {
    queries: new Map(),
    names: new Map(),
    leftOut: { readBefore: 0, notKept: 0 },
    bytes: 0,
  };
  return {
    /** Whether the event was new. */
    add: (event: LoggedEvent): boolean => {
      if (event.kind === 'progress') {
        const isNew = addProgress(all, event.progress);
        while (all.bytes > limitBytes) forgetOldest(all);
        return isNew;
      }
      if (event.kind === 'terminated') {
        const query = all.queries.get(event.runId);
        if (query !== undefined) query.exception = event.exception;
      } else if (event.name !== null && all.names.size < mostNames) {
        all.names.set(event.runId, event.name);
      }
      return true;
    },
    nameOf: ({ runId, name }: QueryProgress): string | null => name ?? all.names.get(runId) ?? null,
    queries: (): QueryBatches[] =>
      [...all.queries.values()].map(({ runId, exception, progress }) => ({
        runId,
        name: progress.at(-1)?.name ?? all.names.get(runId) ?? null,
        end: exception === undefined ? null : { exception },
        progress,
      })),
    leftOut: (): Skipped[] =>
      [
        { reason: 'read-before' as const, count: all.leftOut.readBefore, where: '' },
        { reason: 'not-kept' as const, count: all.leftOut.notKept, where: '' },
      ].filter(({ count }) => count > 0),
  };
}

function addProgress(all: Gathering, progress: QueryProgress): boolean {
  const { runId } = progress;
  const query = all.queries.get(runId) ?? { runId, progress: [], seen: new Set(), bytes: 0 };
  all.queries.set(runId, query);
  if (query.seen.has(keyOf(progress))) {
    all.leftOut.readBefore += 1;
    return false;
  }
  query.seen.add(keyOf(progress));
  query.progress.push(progress);
  query.bytes += bytesOf(progress);
  all.bytes += bytesOf(progress);
  return true;
}

/** Forgets the older half of the query that takes most memory. */
function forgetOldest(all: Gathering): void {
  const largest = [...all.queries.values()].reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const gone = largest.progress.splice(0, Math.ceil(largest.progress.length / 2));
  const freed = gone.reduce((sum, one) => sum + bytesOf(one), 0);
  all.leftOut.notKept += gone.length;
  all.bytes -= freed;
  largest.bytes -= freed;
  largest.seen = new Set(largest.progress.map(keyOf));
  if (largest.progress.length === 0) all.queries.delete(largest.runId);
}

/** Spark reports a batch again while nothing comes in. */
function keyOf({ batchId, startedAt }: QueryProgress): string {
  return `${String(batchId)} ${String(startedAt)}`;
}

/** A rough figure: most of an event are its offsets, by partition. */
function bytesOf({ sources, stateOperators }: QueryProgress): number {
  const offsets = sources.reduce(
    (sum, { startOffset, endOffset }) =>
      sum + Object.keys(startOffset).length + Object.keys(endOffset).length,
    0,
  );
  return 700 + 40 * offsets + 150 * stateOperators.length;
}
