import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import {
  candidatesOf,
  type Launch,
  type Plan,
  type Screening,
  type Trial,
} from '../model/trial/plan.js';
import { grouped } from '../model/grouped.js';
import { seededRandom } from '../model/seeded-random.js';
import { balancedOrders } from './balanced-orders.js';
import { driverKey } from '../knobs/hot-knobs.js';
import { executorOfBlock } from './executor-of-block.js';
import { expandConfigurations } from './expand-configurations.js';
import { planScreening } from './plan-screening.js';
import { screeningExecutor } from './screening-executor.js';

/**
 * Plans randomised complete blocks: each runs every configuration once, in an order drawn from the seed and balanced for
 * what one trial leaves to the next; in sessions, trials of one driver follow each other. Screening blocks come before those that judge. `mark` may flag configurations as
 * inert; those run only with `placebo: measure`. Throws EXPERIMENT_INVALID.
 */
export function planExperiment(
  experiment: Experiment,
  mark: (configurations: readonly Configuration[]) => readonly Configuration[] = (all) => all,
): Plan {
  const configurations = mark(expandConfigurations(experiment));
  const { blocks, seed, placebo } = experiment.design;
  const run = configurations.filter((one) => one.inert === undefined || placebo === 'measure');
  const screening = screeningOf(experiment, run);
  const random = seededRandom(seed);
  const orders = [
    ...(screening === undefined ? [] : balancedOrders(run, screening.blocks, random)),
    ...balancedOrders(run, blocks, random),
  ];
  return {
    configurations,
    seed,
    blocks: orders.map((order, index) => {
      const trials = trialsIn(index + 1, order);
      const how = executorOfBlock(experiment, screening, index + 1);
      return { number: index + 1, launches: how === 'session' ? byDriver(trials) : alone(trials) };
    }),
    ...(screening === undefined ? {} : { screening }),
  };
}

/** How the plan screens, and by which executor where the experiment leaves it open. */
function screeningOf(
  experiment: Experiment,
  configurations: readonly Configuration[],
): Screening | undefined {
  const screening = planScreening(experiment, candidatesOf({ configurations }).length);
  if (screening === undefined || experiment.executor !== 'auto') return screening;
  const { blocks } = screening;
  return { ...screening, executor: screeningExecutor(experiment, { configurations, blocks }) };
}

function trialsIn(block: number, order: readonly Configuration[]): Trial[] {
  return order.map((configuration, index) => ({
    id: `b${String(block)}-t${String(index + 1)}-${configuration.id}`,
    block,
    configuration,
  }));
}

function alone(trials: readonly Trial[]): Launch[] {
  return trials.map((trial) => ({ trials: [trial] }));
}

/** One launch for each group of cold knobs, in the order in which the block comes to them. */
function byDriver(trials: readonly Trial[]): Launch[] {
  const groups = grouped(trials, ({ configuration }) => driverKey(configuration.knobs));
  return groups.map((group) => ({ trials: group }));
}
