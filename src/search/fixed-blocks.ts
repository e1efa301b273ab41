import type { Strategy } from '../model/run/strategy.js';

/** Runs every planned block, in order, whatever the results. */
export const fixedBlocks: Strategy = {
  next: ({ plan, blocks }) => plan.blocks[blocks.length] ?? 'done',
};
