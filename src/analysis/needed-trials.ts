import { candidatesOf, trialsOf, type Trial } from '../model/trial/plan.js';
import type { TrialHistory } from '../model/run/run-record.js';

/** Whether a trial can be skipped: its configuration is decided, or all of them are. */
export function isSkipped(
  { block, configuration }: Trial,
  decided: ReadonlyMap<string, number>,
  candidates: readonly string[],
): boolean {
  const skipsAll =
    candidates.length > 0 && candidates.every((id) => (decided.get(id) ?? block) < block);
  return skipsAll || (decided.get(configuration.id) ?? block) < block;
}

/** The planned trials that are not skipped, given what has been decided so far. */
export function neededTrials(
  run: Pick<TrialHistory, 'plan'>,
  decided: ReadonlyMap<string, number>,
): Trial[] {
  const candidates = candidatesOf(run.plan).map(({ id }) => id);
  return trialsOf(run.plan).filter((trial) => !isSkipped(trial, decided, candidates));
}
