import type { Strategy } from '../model/run/strategy.js';

/** Every planned block, in its order, whatever comes of it. */
export const fixedBlocks: Strategy = {
  next: ({ plan, blocks }) => plan.blocks[blocks.length] ?? 'done',
};
