import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { Block, Plan } from '../model/trial/plan.js';
import { seededRandom } from '../model/seeded-random.js';
import { balancedOrders } from './balanced-orders.js';
import { expandConfigurations } from './expand-configurations.js';

/**
 * Plans randomised complete blocks: each runs every configuration once, in an order drawn from the seed and balanced for
 * what one trial leaves to the next. `mark` may
 * flag configurations as inert; those run only with `placebo: measure`.
 */
export function planExperiment(
  experiment: Experiment,
  mark: (configurations: readonly Configuration[]) => readonly Configuration[] = (all) => all,
): Plan {
  const configurations = mark(expandConfigurations(experiment));
  const { blocks, seed, placebo } = experiment.design;
  const run = configurations.filter((one) => one.inert === undefined || placebo === 'measure');
  const orders = balancedOrders(run, blocks, seededRandom(seed));
  return {
    configurations,
    seed,
    blocks: orders.map((order, index) => planBlock(index + 1, order)),
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
