import { canaryChoice } from '../analysis/judge/canary-choice.js';
import { indexTrials } from '../analysis/trial-index.js';
import type { Strategy } from '../model/run/strategy.js';

/** Decides as the given strategy does, and runs blocks without the canary once `canary: auto` has found it not worth it. */
export function leavingCanaryOut(strategy: Strategy): Strategy {
  return {
    next: (history) => {
      const block = strategy.next(history);
      if (block === 'done') return block;
      const choice = canaryChoice(indexTrials(history));
      return choice?.kind === 'left-out' ? { ...block, canary: 'off' } : block;
    },
  };
}
