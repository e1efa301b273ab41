import type { RunEvent, RunObserver } from '../../src/model/run/run-event.js';

/** An observer that hands each event to a function. */
export function observerOf(notify: (event: RunEvent) => void): RunObserver {
  return { notify, [Symbol.asyncDispose]: () => Promise.resolve() };
}
