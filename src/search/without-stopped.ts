import { isSkipped } from '../analysis/needed-trials.js';
import { candidatesOf, type Block, type Plan } from '../model/trial/plan.js';

/** The launches of a block without the trials of configurations that no longer run; empty if none is left. */
export function withoutStopped(
  { launches }: Block,
  plan: Plan,
  stopped: ReadonlyMap<string, number>,
): Block['launches'] {
  const candidates = candidatesOf(plan).map(({ id }) => id);
  return launches
    .map(({ trials }) => ({
      trials: trials.filter((trial) => !isSkipped(trial, stopped, candidates)),
    }))
    .filter(({ trials }) => trials.length > 0);
}
