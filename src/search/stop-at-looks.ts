import { stopsOf } from '../analysis/judge/judge-run.js';
import { isSkipped } from '../analysis/needed-trials.js';
import type { Strategy } from '../model/run/strategy.js';
import { candidatesOf } from '../model/trial/plan.js';

/** Runs the planned blocks, skipping what an interim look has decided; done when everything is decided. */
export const stopAtLooks: Strategy = {
  next: (history) => {
    const block = history.plan.blocks[history.blocks.length];
    if (block === undefined) return 'done';
    const stopped = stopsOf(history);
    const candidates = candidatesOf(history.plan).map(({ id }) => id);
    const launches = block.launches
      .map(({ trials }) => ({
        trials: trials.filter((trial) => !isSkipped(trial, stopped, candidates)),
      }))
      .filter(({ trials }) => trials.length > 0);
    return launches.length === 0 ? 'done' : { ...block, launches };
  },
};
