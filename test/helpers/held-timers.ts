interface HeldTimer {
  readonly run: () => void;
  readonly everyMs: number | undefined;
  atMs: number;
}

export interface HeldTimers extends Disposable {
  /** Lets so much time pass: whatever is due by its end runs, in its order. */
  readonly advance: (ms: number) => void;
}

/**
 * Takes the place of `setTimeout` and `setInterval` until it is disposed of: no time passes for what sets them
 * meanwhile, until `advance`. A test can wait for what really happens, and then say that the time is up. Timers that were
 * set before, and those of `node:timers/promises`, go on as ever.
 */
export function heldTimers(): HeldTimers {
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const held = new Set<HeldTimer>();
  let nowMs = 0;
  const hold = (run: () => void, ms: number, everyMs?: number) => {
    const timer = { run, everyMs, atMs: nowMs + ms, unref: () => timer };
    held.add(timer);
    return timer;
  };
  const release = (timer: unknown) => held.delete(timer as HeldTimer);
  Object.assign(globalThis, {
    setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      hold(() => {
        run(...args);
      }, ms),
    setInterval: (run: () => void, ms = 0) => hold(run, ms, ms),
    clearTimeout: release,
    clearInterval: release,
  });
  return {
    advance: (ms) => {
      const until = nowMs + ms;
      for (let next = nextOf(held); next !== undefined && next.atMs <= until; next = nextOf(held)) {
        nowMs = next.atMs;
        if (next.everyMs === undefined) held.delete(next);
        else next.atMs += next.everyMs;
        next.run();
      }
      nowMs = until;
    },
    [Symbol.dispose]: () => {
      Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval });
    },
  };
}

function nextOf(held: ReadonlySet<HeldTimer>): HeldTimer | undefined {
  return [...held].sort((a, b) => a.atMs - b.atMs)[0];
}
