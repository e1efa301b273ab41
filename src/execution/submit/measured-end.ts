import { recordsReadOf } from '../../measure/completeness.js';
import { cutWarmup } from '../../measure/warmup-cut.js';
import { decidingEvents, type QueryWanted } from '../../measure/deciding-query.js';
import { otherTopic } from '../../measure/faults/other-topic.js';
import { grouped } from '../../model/grouped.js';
import type { StopAfter } from '../../model/trial/job.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';

/** Ends a trial whose job would go on, once enough of it has been measured. */
interface MeasuredEnd extends Disposable {
  /** Aborted when the job is to be ended, which counts as its success. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ProgressEvent) => void;
}

/**
 * Watches the query that decides, for a job without the launcher, by the launcher's rule: its records have been read, or
 * the window is over and enough batches count. If it cannot be told which of several queries decides, all of them do.
 * A job of any kind ends that reads another topic than its own, as nothing of it will count.
 */
export function measuredEnd({
  window,
  records = Infinity,
  query,
  ...own
}: StopAfter & { readonly topic?: string }): MeasuredEnd {
  const controller = new AbortController();
  const events: ProgressEvent[] = [];
  const readsElsewhere = watchTopic({ ...own, query });
  const look = () => {
    const batches = decidingBatches(events, query);
    const isMeasured =
      timer.isOver() && window !== undefined && counted(batches, window) >= window.leastBatches;
    if (isMeasured || hasReadAll(batches, records)) controller.abort();
  };
  const timer = windowTimer(window, look);
  return {
    signal: controller.signal,
    onEvent: (event) => {
      events.push(event);
      if (event.kind !== 'progress' || controller.signal.aborted) return;
      if (event.progress.numInputRows > 0) {
        timer.start(event.progress);
        if (readsElsewhere(events, event.progress)) controller.abort();
      }
      if (timer.isOver() || records < Infinity) look();
    },
    [Symbol.dispose]: timer.stop,
  };
}

/** Says of the first batch with rows of each query whether it shows that the trial reads another topic. */
function watchTopic({ query, ...own }: { readonly topic?: string } & QueryWanted) {
  const looked = new Set<string>();
  return (events: readonly ProgressEvent[], { runId }: QueryProgress): boolean => {
    if (looked.has(runId)) return false;
    looked.add(runId);
    return otherTopic({ events, ...own }, { query }) !== undefined;
  };
}

/** Runs once, from the first batch on, for as long as the window. */
function windowTimer(window: StopAfter['window'], onOver: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const end = () => {
    isOver = true;
    onOver();
  };
  return {
    isOver: () => isOver,
    start: ({ durationMs }: QueryProgress) => {
      if (window === undefined || timer !== undefined) return;
      // The event of the first batch comes when that has ended.
      const leftMs = 1_000 * window.seconds - (durationMs['triggerExecution'] ?? 0);
      timer = setTimeout(end, Math.max(0, leftMs));
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}

function decidingBatches(
  events: readonly ProgressEvent[],
  query: string | undefined,
): QueryProgress[] {
  const deciding = decidingEvents(events, query);
  return (deciding.problem === undefined ? deciding.events : events).flatMap((event) =>
    event.kind === 'progress' ? [event.progress] : [],
  );
}

function counted(
  batches: readonly QueryProgress[],
  { warmupSeconds }: NonNullable<StopAfter['window']>,
): number {
  const withRows = batches.filter(({ numInputRows }) => numInputRows > 0);
  return cutWarmup(withRows, warmupSeconds).counted.length;
}

/** Whether each query has read its records. */
function hasReadAll(batches: readonly QueryProgress[], records: number): boolean {
  const queries = grouped(batches, ({ runId }) => runId);
  return queries.length > 0 && queries.every((own) => recordsReadOf(own) >= records);
}
