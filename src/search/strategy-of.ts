import type { Experiment } from '../model/experiment.js';
import type { Strategy } from '../model/run/strategy.js';
import type { Plan } from '../model/trial/plan.js';
import { fixedBlocks } from './fixed-blocks.js';
import { leavingCanaryOut } from './leaving-canary-out.js';
import { screenThenConfirm } from './screen-then-confirm.js';
import { stopAtLooks } from './stop-at-looks.js';

/** The strategy of an experiment; the only place that depends on its design. */
export function strategyOf(
  experiment: Pick<Experiment, 'stopping' | 'measurement'>,
  plan: Pick<Plan, 'screening'>,
): Strategy {
  const strategy = strategyOfBlocks(experiment, plan);
  return experiment.measurement.canary === 'auto' ? leavingCanaryOut(strategy) : strategy;
}

function strategyOfBlocks(
  { stopping }: Pick<Experiment, 'stopping'>,
  { screening }: Pick<Plan, 'screening'>,
): Strategy {
  if (screening !== undefined) return screenThenConfirm;
  return stopping.interimLooks.length > 1 ? stopAtLooks : fixedBlocks;
}
