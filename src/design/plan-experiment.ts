import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { Block, Plan } from '../model/trial/plan.js';
import { expandConfigurations } from './expand-configurations.js';
import { seededRandom, type RandomSource } from '../model/seeded-random.js';

/**
 * Plans randomised complete blocks: each runs every configuration once, in an order drawn from the seed. `mark` may
 * flag configurations as inert; those run only with `placebo: measure`.
 */
export function planExperiment(
  experiment: Experiment,
  mark: (configurations: readonly Configuration[]) => readonly Configuration[] = (all) => all,
): Plan {
  const configurations = mark(expandConfigurations(experiment));
  const { blocks, seed, placebo } = experiment.design;
  const run = configurations.filter((one) => one.inert === undefined || placebo === 'measure');
  const random = seededRandom(seed);
  return {
    configurations,
    seed,
    blocks: Array.from({ length: blocks }, (_, index) =>
      planBlock(index + 1, shuffled(run, random)),
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

/** Returns a copy in random order (Fisher-Yates; Durstenfeld, CACM 7, 1964, algorithm 235). */
function shuffled<T>(items: readonly T[], { below }: RandomSource): T[] {
  const rest = [...items];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(below(rest.length), 1));
  return order;
}
