import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import { candidatesOf, type Block, type Plan } from '../model/trial/plan.js';
import { seededRandom } from '../model/seeded-random.js';
import { balancedOrders } from './balanced-orders.js';
import { expandConfigurations } from './expand-configurations.js';
import { planScreening } from './plan-screening.js';

/**
 * Plans randomised complete blocks: each runs every configuration once, in an order drawn from the seed and balanced for
 * what one trial leaves to the next. Screening blocks come before those that judge. `mark` may flag configurations as
 * inert; those run only with `placebo: measure`. Throws EXPERIMENT_INVALID.
 */
export function planExperiment(
  experiment: Experiment,
  mark: (configurations: readonly Configuration[]) => readonly Configuration[] = (all) => all,
): Plan {
  const configurations = mark(expandConfigurations(experiment));
  const { blocks, seed, placebo } = experiment.design;
  const run = configurations.filter((one) => one.inert === undefined || placebo === 'measure');
  const screening = planScreening(experiment, candidatesOf({ configurations }).length);
  const random = seededRandom(seed);
  const orders = [
    ...(screening === undefined ? [] : balancedOrders(run, screening.blocks, random)),
    ...balancedOrders(run, blocks, random),
  ];
  return {
    configurations,
    seed,
    blocks: orders.map((order, index) => planBlock(index + 1, order)),
    ...(screening === undefined ? {} : { screening }),
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
