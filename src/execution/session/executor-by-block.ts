import type { Executor } from '../../model/trial/executor.js';

/** Opens each launch by the executor of its block. */
export function executorByBlock(
  executors: { readonly submit: Executor; readonly session: Executor },
  ofBlock: (block: number) => 'submit' | 'session',
): Executor {
  return {
    open: (launch, context) =>
      executors[ofBlock(launch.trials[0]?.block ?? 0)].open(launch, context),
  };
}
