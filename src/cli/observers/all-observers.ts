import type { RunObserver } from '../../model/run/run-event.js';

/** Combines several observers into one; they are notified in order. */
export function allObservers(observers: readonly RunObserver[]): RunObserver {
  return {
    notify: (event) => {
      for (const observer of observers) observer.notify(event);
    },
    [Symbol.asyncDispose]: async () => {
      for (const observer of observers) await observer[Symbol.asyncDispose]();
    },
  };
}
