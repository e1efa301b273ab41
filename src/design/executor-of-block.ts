import type { Experiment } from '../model/experiment.js';
import type { Screening } from '../model/trial/plan.js';

/** How a trial is run: in a process of its own, or in a live driver after other trials. */
export type TrialExecutor = 'submit' | 'session';

/** How the trials of a block are run. `auto` judges by cold trials only, and screens as the plan says. */
export function executorOfBlock(
  { executor }: Pick<Experiment, 'executor'>,
  screening: Screening | undefined,
  block: number,
): TrialExecutor {
  if (executor !== 'auto') return executor ?? 'submit';
  const screens = screening !== undefined && block <= screening.blocks;
  return screens ? (screening.executor ?? 'submit') : 'submit';
}
