import { driversFor } from '../knobs/drivers-for.js';
import type { Budget } from '../model/run/budget.js';
import type { Assignment } from '../model/knob.js';
import type { TrialTimes } from '../model/run/trial-times.js';
import { trialsOf, type Block, type Plan } from '../model/trial/plan.js';
import { expectedOf, expectedTrials } from './expected-trials.js';
import { aroundSeconds } from './forecast.js';
import { assumedNoise, detectableAt } from './plan-power.js';

/** A plan with its forecast duration. */
interface PlannedTime {
  readonly plan: Plan;
  readonly experiment: { readonly baseline: Assignment };
  readonly forecast: { readonly times: TrialTimes };
}

/** Returns how many whole blocks of a plan fit into this many seconds, and the change they would detect. */
export function budgetOf({ plan, experiment, forecast }: PlannedTime, seconds: number): Budget {
  const screeningBlocks = plan.screening?.blocks ?? 0;
  const blocks = blocksWithin(seconds - aroundSeconds, secondsOfBlocks(plan, experiment, forecast));
  return {
    seconds,
    blocks,
    planned: plan.blocks.length,
    screeningBlocks,
    noise: assumedNoise,
    detectable: detectableAt(plan, Math.max(0, blocks - screeningBlocks)),
  };
}

function blocksWithin(seconds: number, each: readonly number[]): number {
  let left = seconds;
  // A millionth of a second is rounding.
  const over = each.findIndex((one) => (left -= one) < -1e-6);
  return over < 0 ? each.length : over;
}

/** What each block takes, with the drivers that are started in it. */
function secondsOfBlocks(
  plan: Plan,
  { baseline }: PlannedTime['experiment'],
  { times }: PlannedTime['forecast'],
): number[] {
  const expected = expectedTrials(plan, baseline);
  const { coldSeconds, sessionSeconds, driverStartSeconds, burnInSeconds } = times;
  const shared = new Set(times.sessionBlocks);
  const driversIn = (blocks: readonly Block[]) =>
    driversFor(trialsOf({ blocks: blocks.filter(({ number }) => shared.has(number)) }));
  return plan.blocks.map((block, index) => {
    const trials = expectedOf(expected, plan, block.number);
    if (!shared.has(block.number)) return trials * coldSeconds;
    const drivers =
      driversIn(plan.blocks.slice(0, index + 1)) - driversIn(plan.blocks.slice(0, index));
    return trials * sessionSeconds + drivers * (driverStartSeconds + burnInSeconds);
  });
}
