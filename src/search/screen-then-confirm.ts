import { screenedOut } from '../analysis/judge/screening.js';
import { balancedOrders } from '../design/balanced-orders.js';
import { grouped } from '../model/grouped.js';
import { seededRandom } from '../model/seeded-random.js';
import type { Strategy } from '../model/run/strategy.js';
import type { Block, Plan, Trial } from '../model/trial/plan.js';
import { withoutStopped } from './without-stopped.js';

/**
 * Runs the screening blocks as planned, and after them, in the remaining blocks, only the candidates that were kept, the
 * best one's ablations and the baseline; done after the screening if none could be kept.
 */
export const screenThenConfirm: Strategy = {
  next: (history) => {
    const { plan, blocks } = history;
    const block = plan.blocks[blocks.length];
    if (block === undefined) return 'done';
    const screeningBlocks = plan.screening?.blocks ?? 0;
    if (block.number <= screeningBlocks) return block;
    const launches = withoutStopped(block, plan, screenedOut(history));
    if (launches.length === 0) return 'done';
    return { ...block, launches: reordered(launches, plan, block.number - screeningBlocks) };
  },
};

/**
 * The planned order of all configurations is balanced; what is left of it need not be. Trials that share a driver still
 * follow each other.
 */
function reordered(launches: Block['launches'], plan: Plan, place: number): Block['launches'] {
  const launched = launches.flatMap((launch) => launch.trials.map((trial) => ({ launch, trial })));
  const inPlanOrder = launched.sort(
    (a, b) => positionOf(a.trial, plan) - positionOf(b.trial, plan),
  );
  const places = inPlanOrder.map((_, index) => index);
  const orders = balancedOrders(places, place, seededRandom(plan.seed + 1));
  const ordered = (orders[place - 1] ?? places).flatMap((index) => inPlanOrder[index] ?? []);
  return grouped(ordered, ({ launch }) => launch).map((group) => ({
    trials: group.map(({ trial }) => trial),
  }));
}

function positionOf({ configuration }: Trial, { configurations }: Plan): number {
  return configurations.findIndex(({ id }) => id === configuration.id);
}
