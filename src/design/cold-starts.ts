import type { Experiment } from '../model/experiment.js';
import type { Plan } from '../model/trial/plan.js';
import { expectedOf, expectedTrials } from './expected-trials.js';
import { driversOf, sessionBlocksOf } from './planned-times.js';

/** How many drivers a run will start: one for each trial that has a process of its own, and those that the others share. */
export function coldStartsOf(plan: Plan, experiment: Experiment): number {
  const expected = expectedTrials(plan, experiment.baseline);
  const sessionBlocks = sessionBlocksOf(plan, experiment);
  const alone = plan.blocks
    .filter(({ number }) => !sessionBlocks.includes(number))
    .reduce((sum, { number }) => sum + expectedOf(expected, plan, number), 0);
  return alone + driversOf(plan, { sessionBlocks }, expected);
}
