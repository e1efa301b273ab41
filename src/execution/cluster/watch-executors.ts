import type { TrialEnd } from '../../model/trial/executor.js';
import type { ExecutorsSeen } from '../../model/executors-seen.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { FailureCause, FailureClass, InvalidCause } from '../../model/trial/outcome.js';
import { executorLine } from '../../spark/executor-lines.js';
import { since, someOf, tellings, type Told } from './executors-told.js';

/*
 *  waiting ──(first executor)──> running ──(the last one is lost)──> deserted ──(another one)──> running
 *     └────────(patience)──> no-executors          └─────────(patience)──> executors-lost
 */

/** Follows Spark's executors by the driver's log, and ends a trial that would wait for one for ever. */
export interface ExecutorWatch extends Disposable {
  /** Aborted when the trial has to stop. */
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
  /** The driver is being ended, and executors that are processes beside it may go first: they are not lost. */
  readonly close: () => void;
  /** A batch is a sign of life, whatever the log says. */
  readonly onEvent: (event: ProgressEvent) => void;
  /** How a trial ended that was stopped here, or that waited until its time limit; undefined for any other. */
  readonly end: () => TrialEnd | undefined;
  /** Undefined if the driver told of none. */
  readonly seen: () => ExecutorsSeen | undefined;
  /** The same, for a trial that begins now in a driver that had others: those it finds are there from its start. */
  readonly seenFromNow: () => ExecutorWatch['seen'];
}

/** Spark says that it waits 15 s after it began to. */
const defaultPatienceMs = 60_000;

/**
 * A driver with a cluster of its own (`local-cluster`) ends its executors by SIGTERM as its JVM ends, and starts others in their
 * place until Spark has stopped: all of that is its end.
 */
const endOfOwnCluster = 'Command exited with code 143';

export function watchExecutors({
  patienceMs = defaultPatienceMs,
  ownCluster = false,
} = {}): ExecutorWatch {
  const wait = startWait(patienceMs);
  const told = tellings(wait);
  let isClosed = false;
  return {
    signal: wait.signal,
    close: () => {
      isClosed = true;
    },
    onLine: (line) => {
      const said = executorLine(line);
      if (ownCluster && said?.kind === 'lost' && said.why === endOfOwnCluster) isClosed = true;
      if (isClosed) return;
      if (said !== undefined) told.add(said);
    },
    onEvent: ({ kind }) => {
      if (kind === 'progress') told.addBatch();
    },
    end: () => {
      const waited = wait.seconds();
      return waited === undefined ? undefined : endOf(waited, told.now());
    },
    seen: () => someOf(told.now()),
    seenFromNow: () => {
      const before = told.now();
      return () => someOf(since(before, told.now()));
    },
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
    begin: (factor = 1) => {
      since ??= performance.now();
      timer ??= setTimeout(() => {
        controller.abort();
      }, factor * patienceMs);
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
function endOf(waitedSeconds: number, { gained, lost, queue }: Told): TrialEnd {
  const last = lost.at(-1);
  const said = queue === undefined ? {} : { queue };
  const waited: { failureClass: FailureClass; cause: FailureCause } =
    last === undefined || gained.length === 0
      ? { failureClass: 'no-executors', cause: { kind: 'no-executors', waitedSeconds, ...said } }
      : {
          failureClass: 'executors-lost',
          cause: {
            ...{ kind: 'executors-gone', lost: gained.length },
            ...{ host: last.host, why: last.why },
          },
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
