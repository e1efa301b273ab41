import type { Outcome } from '../model/outcome.js';

interface StallWatchdog {
  /** Aborted when nothing was heard for too long. */
  readonly signal: AbortSignal;
  readonly seconds: number;
  /** Something was heard; the first time starts the watch. */
  readonly alive: () => void;
  readonly stop: () => void;
}

/** Waits for signs of life of a query, at most so many seconds for each; without a limit it never ends anything. */
export function stallWatchdog(seconds = Infinity): StallWatchdog {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
  };
  return {
    signal: controller.signal,
    seconds,
    alive: () => {
      stop();
      if (seconds === Infinity || controller.signal.aborted) return;
      timer = setTimeout(() => {
        controller.abort();
      }, 1_000 * seconds);
    },
    stop,
  };
}

/** The outcome of a trial that the watchdog ended; undefined for any other. */
export function stalled(watchdog: StallWatchdog, stop: AbortSignal): Outcome | undefined {
  if (!watchdog.signal.aborted || stop.aborted) return undefined;
  return {
    kind: 'failed',
    failureClass: 'no-progress',
    reason: `no progress for ${String(watchdog.seconds)} s, the stall limit`,
    stderrTail: [],
  };
}
