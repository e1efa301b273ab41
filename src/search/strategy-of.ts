import type { Experiment } from '../model/experiment.js';
import type { Strategy } from '../model/run/strategy.js';
import { fixedBlocks } from './fixed-blocks.js';
import { stopAtLooks } from './stop-at-looks.js';

/** The strategy of an experiment; the only place that depends on its design. */
export function strategyOf({ stopping }: Experiment): Strategy {
  return stopping.interimLooks.length > 1 ? stopAtLooks : fixedBlocks;
}
