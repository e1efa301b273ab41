import { candidatesOf, trialsOf, type Trial } from '../model/trial/plan.js';
import type { TrialHistory } from '../model/run/run-record.js';

/** Whether a trial can be skipped: its configuration has stopped, or all of them have. */
export function isSkipped(
  { block, configuration }: Trial,
  stopped: ReadonlyMap<string, number>,
  candidates: readonly string[],
): boolean {
  const skipsAll =
    candidates.length > 0 && candidates.every((id) => (stopped.get(id) ?? block) < block);
  return skipsAll || (stopped.get(configuration.id) ?? block) < block;
}

/** The planned trials that are not skipped, given what has stopped so far. */
export function neededTrials(
  run: Pick<TrialHistory, 'plan'>,
  stopped: ReadonlyMap<string, number>,
): Trial[] {
  const candidates = candidatesOf(run.plan).map(({ id }) => id);
  return trialsOf(run.plan).filter((trial) => !isSkipped(trial, stopped, candidates));
}
