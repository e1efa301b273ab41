import type { TrialEnd } from '../../model/trial/executor.js';
import type { ExecutorsSeen } from '../../model/executors-seen.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { FailureCause, FailureClass, InvalidCause } from '../../model/trial/outcome.js';
import { executorLine } from '../../spark/executor-lines.js';

/*
 *  waiting ──(first executor)──> running ──(the last one is lost)──> deserted ──(another one)──> running
 *     └────────(patience)──> no-executors          └─────────(patience)──> executors-lost
 */

/** Follows Spark's executors by the driver's log, and ends a trial that would wait for one for ever. */
interface ExecutorWatch extends Disposable {
  /** Aborted when the trial has to stop. */
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
  /** A batch is a sign of life, whatever the log says. */
  readonly onEvent: (event: ProgressEvent) => void;
  /** How a trial ended that was stopped here, or that waited until its time limit; undefined for any other. */
  readonly end: () => TrialEnd | undefined;
  /** Undefined if the driver told of none. */
  readonly seen: () => ExecutorsSeen | undefined;
}

/** Spark says that it waits 15 s after it began to. */
const defaultPatienceMs = 60_000;

export function watchExecutors({ patienceMs = defaultPatienceMs } = {}): ExecutorWatch {
  const gained: ExecutorsSeen['gained'][number][] = [];
  const lost: ExecutorsSeen['lost'][number][] = [];
  const granted = new Map<string, number>();
  let batches = 0;
  const wait = startWait(patienceMs);
  let queue: string | undefined;
  return {
    signal: wait.signal,
    onLine: (line) => {
      const said = executorLine(line);
      if (said?.kind === 'waiting' && gained.length === lost.length) wait.begin();
      if (said?.kind === 'granted') granted.set(said.id, said.cores);
      if (said?.kind === 'queued') wait.begin();
      if (said?.kind === 'queue') queue = said.queue;
      if (said?.kind === 'admitted') {
        queue = undefined;
        wait.end();
      }
      if (said?.kind === 'gained') {
        const cores = granted.get(said.id);
        gained.push({
          ...{ id: said.id, host: said.host },
          ...(cores === undefined ? {} : { cores }),
          ...(batches === 0 ? {} : { afterBatches: batches }),
        });
        wait.end();
      }
      if (said?.kind === 'lost' && !lost.some(({ id }) => id === said.id)) {
        lost.push({ id: said.id, host: said.host, why: said.why });
        if (lost.length >= gained.length) wait.begin();
      }
    },
    onEvent: ({ kind }) => {
      if (kind !== 'progress') return;
      batches += 1;
      wait.end();
    },
    end: () => {
      const waited = wait.seconds();
      return waited === undefined
        ? undefined
        : endOf(waited, { gained: gained.length, last: lost.at(-1), queue });
    },
    seen: () => (gained.length === 0 ? undefined : { gained, lost }),
    [Symbol.dispose]: wait[Symbol.dispose],
  };
}

/** A wait that may begin and end again and again; its signal is aborted where one takes longer than it may. */
function startWait(patienceMs: number) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  const stopTimer = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    signal: controller.signal,
    begin: () => {
      since ??= performance.now();
      timer ??= setTimeout(() => {
        controller.abort();
      }, patienceMs);
    },
    end: () => {
      stopTimer();
      if (!controller.signal.aborted) since = undefined;
    },
    /** How long it has waited; undefined if it does not wait. */
    seconds: () =>
      since === undefined ? undefined : Math.round((performance.now() - since) / 1_000),
    [Symbol.dispose]: stopTimer,
  };
}

/** A retry may find more room, or a worker that has come back. */
function endOf(
  waitedSeconds: number,
  {
    gained,
    last,
    queue,
  }: {
    readonly gained: number;
    readonly last: ExecutorsSeen['lost'][number] | undefined;
    readonly queue: string | undefined;
  },
): TrialEnd {
  const said = queue === undefined ? {} : { queue };
  const waited: { failureClass: FailureClass; cause: FailureCause } =
    last === undefined || gained === 0
      ? { failureClass: 'no-executors', cause: { kind: 'no-executors', waitedSeconds, ...said } }
      : {
          failureClass: 'executors-lost',
          cause: { kind: 'executors-gone', lost: gained, host: last.host, why: last.why },
        };
  return { kind: 'failed', ...waited, stderrTail: [], infrastructure: true };
}

/** A trial that lost an executor ran with less than its configuration asks for, for a time. */
export function lossProblem(seen: ExecutorsSeen | undefined): InvalidCause | undefined {
  const last = seen?.lost.at(-1);
  return seen === undefined || last === undefined
    ? undefined
    : { kind: 'executors-lost', lost: seen.lost.length, host: last.host, why: last.why };
}
