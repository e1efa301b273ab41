import type { Executor, LaunchContext, TrialEvidence } from '../model/trial/executor.js';
import type { Trial } from '../model/trial/plan.js';
import type { ProgressEvent } from '../model/trial/progress-event.js';

/** Runs one trial with only its launch's context. */
type TrialRunner = (
  trial: Trial,
  context: LaunchContext,
  onEvent: (event: ProgressEvent) => void,
) => Promise<TrialEvidence>;

/** An executor whose launches hold no resources: each trial acquires and releases its own. */
export function processPerTrial(run: TrialRunner): Executor {
  return {
    open: (_launch, context) =>
      Promise.resolve({
        run: (trial, onEvent) => run(trial, context, onEvent),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
  };
}

/** Runs one trial in a launch of its own. */
export async function runAlone(
  executor: Executor,
  trial: Trial,
  {
    context,
    onEvent,
  }: { readonly context: LaunchContext; readonly onEvent: (event: ProgressEvent) => void },
): Promise<TrialEvidence> {
  await using launch = await executor.open({ trials: [trial] }, context);
  return await launch.run(trial, onEvent);
}
