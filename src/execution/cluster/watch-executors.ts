import type { TrialEnd } from '../../model/trial/executor.js';
import type { ExecutorsSeen } from '../../model/executors-seen.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { FailureCause, FailureClass, InvalidCause } from '../../model/trial/outcome.js';
import { executorLine, type ExecutorLine } from '../../spark/executor-lines.js';

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
/** Before YARN begins with an application, a node also fetches Spark's jars: 40 s where they were read for the first time. */
const queueFactor = 2;

export function watchExecutors({ patienceMs = defaultPatienceMs } = {}): ExecutorWatch {
  const wait = startWait(patienceMs);
  const told = tellings(wait);
  return {
    signal: wait.signal,
    onLine: (line) => {
      const said = executorLine(line);
      if (said !== undefined) told.add(said);
    },
    onEvent: ({ kind }) => {
      if (kind === 'progress') told.addBatch();
    },
    end: () => {
      const waited = wait.seconds();
      return waited === undefined ? undefined : endOf(waited, told.now());
    },
    seen: () => {
      const { gained, lost } = told.now();
      return gained.length === 0 ? undefined : { gained, lost };
    },
    [Symbol.dispose]: wait[Symbol.dispose],
  };
}

/** What the driver has told so far; begins and ends the wait by it. */
interface Told extends ExecutorsSeen {
  /** Of YARN, in which the application waits. */
  readonly queue: string | undefined;
}

function tellings(wait: Pick<ReturnType<typeof startWait>, 'begin' | 'end'>) {
  const gained: ExecutorsSeen['gained'][number][] = [];
  const lost: ExecutorsSeen['lost'][number][] = [];
  const granted = new Map<string, number>();
  let batches = 0;
  let queue: string | undefined;
  const gain = ({ id, host }: { readonly id: string; readonly host: string }) => {
    const cores = granted.get(id);
    gained.push({
      ...{ id, host },
      ...(cores === undefined ? {} : { cores }),
      ...(batches === 0 ? {} : { afterBatches: batches }),
    });
    wait.end();
  };
  return {
    add: (said: ExecutorLine) => {
      if (said.kind === 'queued') wait.begin(queueFactor);
      if (said.kind === 'queue') ({ queue } = said);
      if (said.kind === 'admitted') {
        queue = undefined;
        wait.end();
      }
      if (said.kind === 'granted') granted.set(said.id, said.cores);
      if (said.kind === 'waiting' && gained.length === lost.length) wait.begin();
      if (said.kind === 'gained') gain(said);
      if (said.kind !== 'lost' || lost.some(({ id }) => id === said.id)) return;
      lost.push({ id: said.id, host: said.host, why: said.why });
      if (lost.length >= gained.length) wait.begin();
    },
    addBatch: () => {
      batches += 1;
      wait.end();
    },
    now: (): Told => ({ gained, lost, queue }),
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
