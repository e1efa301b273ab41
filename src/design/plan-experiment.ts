import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { Block, Plan } from '../model/plan.js';
import { expandConfigurations } from './expand-configurations.js';
import { seededBelow, shuffled } from './seeded-random.js';

/** Randomised complete blocks: each runs every configuration once, in an order from the seed. */
export function planExperiment(experiment: Experiment): Plan {
  const configurations = expandConfigurations(experiment);
  const { blocks, seed } = experiment.design;
  const below = seededBelow(seed);
  return {
    configurations,
    seed,
    blocks: Array.from({ length: blocks }, (_, index) =>
      planBlock(index + 1, shuffled(configurations, below)),
    ),
  };
}

function planBlock(number: number, order: readonly Configuration[]): Block {
  return {
    number,
    launches: order.map((configuration, index) => ({
      trials: [
        {
          id: `b${String(number)}-t${String(index + 1)}-${configuration.id}`,
          block: number,
          configuration,
        },
      ],
    })),
  };
}
