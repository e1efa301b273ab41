import { stopsOf } from '../analysis/judge/judge-run.js';
import type { Strategy } from '../model/run/strategy.js';
import { withoutStopped } from './without-stopped.js';

/** Runs the planned blocks, skipping what an interim look has decided; done when everything is decided. */
export const stopAtLooks: Strategy = {
  next: (history) => {
    const block = history.plan.blocks[history.blocks.length];
    if (block === undefined) return 'done';
    const launches = withoutStopped(block, history.plan, stopsOf(history));
    return launches.length === 0 ? 'done' : { ...block, launches };
  },
};
